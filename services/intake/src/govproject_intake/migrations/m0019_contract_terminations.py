"""When and how a contract ended before it was fulfilled."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contract", sa.Column("terminated_on", sa.Date(), nullable=True))
    op.add_column("contract", sa.Column("settled_yuan", types.Money(), nullable=True))
    op.add_column("contract", sa.Column("termination_reason", sa.String(), nullable=True))
    op.add_column("contract", sa.Column("termination_file_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("contract", "termination_file_id")
    op.drop_column("contract", "termination_reason")
    op.drop_column("contract", "settled_yuan")
    op.drop_column("contract", "terminated_on")
