"""A change that was given up or declined; those of before stand as they did."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("change", sa.Column("withdrawn_at", types.UtcDateTime(), nullable=True))
    op.add_column("change", sa.Column("withdrawn_by", sa.String(), nullable=True))
    op.add_column("change", sa.Column("withdrawal_reason", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("change", "withdrawal_reason")
    op.drop_column("change", "withdrawn_by")
    op.drop_column("change", "withdrawn_at")
