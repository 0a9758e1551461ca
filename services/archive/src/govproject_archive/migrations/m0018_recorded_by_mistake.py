"""Whether a contract under which nothing was done should not have been recorded (Arts 18, 40)."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "unfulfilled_contract", sa.Column("recorded_by_mistake", sa.Boolean(), nullable=True)
    )


def downgrade() -> None:
    op.drop_column("unfulfilled_contract", "recorded_by_mistake")
