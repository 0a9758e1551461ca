"""The duty that the last day of a contract is."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contract", sa.Column("duty_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("contract", "duty_id")
