"""Which changes are still to be filed, and to which amount (Arts 10, 28)."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("determined_change", sa.Column("new_budget_yuan", types.Money(), nullable=True))
    # What was filed by now is not known here: it counts as open, by which a report may be recorded.
    op.add_column("determined_change", sa.Column("filed_at", types.UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("determined_change", "filed_at")
    op.drop_column("determined_change", "new_budget_yuan")
