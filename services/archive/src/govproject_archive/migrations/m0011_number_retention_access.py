"""A volume has its number within its class, a retention period and an access class (Art 39)."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("volume", sa.Column("number", sa.Integer(), nullable=True))
    op.add_column("volume", sa.Column("retention", sa.String(), nullable=True))
    op.add_column("volume", sa.Column("access", sa.String(), nullable=True))
    op.create_index(
        "ix_volume_number", "volume", ["project_id", "file_class", "number"], unique=True
    )


def downgrade() -> None:
    op.drop_index("ix_volume_number", table_name="volume")
    op.drop_column("volume", "access")
    op.drop_column("volume", "retention")
    op.drop_column("volume", "number")
