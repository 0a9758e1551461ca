"""Which revision of a filing is at hand, and which one the bureau decided on."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("filing", sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
    op.add_column("filing", sa.Column("decided_revision", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("filing", "decided_revision")
    op.drop_column("filing", "revision")
