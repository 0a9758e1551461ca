"""Major issues and legal disputes of the implementation."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "issue",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("issue", sa.String(), nullable=False),
        sa.Column("explained_on", sa.Date(), nullable=True),
        sa.Column("explanation", sa.String(), nullable=True),
        sa.Column("explanation_paper", sa.JSON(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settlement", sa.String(), nullable=True),
        sa.Column("settlement_paper", sa.JSON(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_issue_project_id_project"),
        sa.PrimaryKeyConstraint("id", name="pk_issue"),
    )
    op.create_index("ix_issue_project_id", "issue", ["project_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_issue_project_id", table_name="issue")
    op.drop_table("issue")
