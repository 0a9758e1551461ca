"""Amounts and days of recording of contracts, and what the budget was before a change."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contract", sa.Column("amount_yuan", types.Money(), nullable=True))
    op.add_column("contract", sa.Column("recorded_at", types.UtcDateTime(), nullable=True))
    op.add_column("change", sa.Column("budget_before", types.Money(), nullable=True))


def downgrade() -> None:
    op.drop_column("change", "budget_before")
    op.drop_column("contract", "recorded_at")
    op.drop_column("contract", "amount_yuan")
