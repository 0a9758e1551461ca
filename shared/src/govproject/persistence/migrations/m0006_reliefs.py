"""The bureau's acts that lift a refusal; each service's migration moves its own rows here."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "project_relief",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("applied_by", sa.String(), nullable=True),
        sa.Column("approver", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("granted_at", types.UtcDateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.Column("withdrawn_at", types.UtcDateTime(), nullable=True),
        sa.Column("withdrawal_reason", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_project_relief"),
    )
    op.create_index("ix_project_relief_project_id", "project_relief", ["project_id"])


def downgrade() -> None:
    op.drop_table("project_relief")
