"""A digest over the parts of an office document, beside that of its bytes."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("stored_file", sa.Column("parts_sha256", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("stored_file", "parts_sha256")
