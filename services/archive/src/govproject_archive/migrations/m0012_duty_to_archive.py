"""What has fallen due knows the duty to archive it in time (Art 40)."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("due_file", sa.Column("obligation_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("due_file", "obligation_id")
