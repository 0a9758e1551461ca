"""Approvals that were given before the system was in service."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("application", sa.Column("earlier_file_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("application", "earlier_file_id")
