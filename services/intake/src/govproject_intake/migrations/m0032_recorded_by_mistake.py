"""Whether a contract that ended should not have been recorded at all (Art 12)."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contract", sa.Column("recorded_by_mistake", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("contract", "recorded_by_mistake")
