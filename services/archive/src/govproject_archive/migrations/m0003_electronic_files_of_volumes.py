"""The electronic files of volumes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("volume_item", sa.Column("file_id", sa.Uuid(), nullable=True))
    op.add_column("volume_item", sa.Column("file_name", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("volume_item", "file_name")
    op.drop_column("volume_item", "file_id")
