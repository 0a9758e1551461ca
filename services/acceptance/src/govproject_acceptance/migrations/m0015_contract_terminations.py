"""Which contracts ended before they were fulfilled, and what is paid for them."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contract", sa.Column("terminated_on", sa.Date(), nullable=True))
    op.add_column("contract", sa.Column("settled_yuan", types.Money(), nullable=True))


def downgrade() -> None:
    op.drop_column("contract", "settled_yuan")
    op.drop_column("contract", "terminated_on")
