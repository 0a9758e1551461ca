"""Which records a passed archive check covered."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("archive_check", sa.Column("covered", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("archive_check", "covered")
