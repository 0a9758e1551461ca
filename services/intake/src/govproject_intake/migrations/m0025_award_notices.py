"""The notice of an award is a file."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contract", sa.Column("award_notice_file_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("contract", "award_notice_file_id")
