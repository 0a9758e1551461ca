"""Each verification of a document that was called untrue, and what a final knew of them (Art 19).

What is on record of a document becomes the first; when it was recorded nobody kept.
"""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document_verification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("issue_id", sa.Uuid(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.Column("paper", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name="fk_document_verification_issue_id_issue"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_document_verification"),
    )
    op.create_index(
        "ix_document_verification_issue_id", "document_verification", ["issue_id"], unique=False
    )
    op.execute(
        "INSERT INTO document_verification"
        " (id, issue_id, verified_on, finding, conclusion, paper, recorded_by)"
        " SELECT id, id, verified_on, finding, settlement, settlement_paper, settled_by"
        " FROM issue WHERE finding IS NOT NULL"
    )
    op.add_column("final_round", sa.Column("questioned_documents", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("final_round", "questioned_documents")
    op.drop_index("ix_document_verification_issue_id", table_name="document_verification")
    op.drop_table("document_verification")
