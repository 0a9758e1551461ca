"""Systems that the State requires to stand alone, or that were stopped, are not moved any more."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NAMES = (
    "withdrawn_ground",
    "withdrawn_reason",
    "withdrawn_file_id",
    "sharing_plan_file_id",
    "withdrawn_by",
    "withdrawn_at",
)


def upgrade() -> None:
    for column in (
        sa.Column("withdrawn_ground", sa.String(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=True),
        sa.Column("withdrawn_file_id", sa.Uuid(), nullable=True),
        sa.Column("sharing_plan_file_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("existing_system", column)


def downgrade() -> None:
    for name in reversed(_NAMES):
        op.drop_column("existing_system", name)
