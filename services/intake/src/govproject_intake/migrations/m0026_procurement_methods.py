"""How a contract was procured."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contract", sa.Column("procurement_method", sa.String(), nullable=True))
    op.add_column("contract", sa.Column("procurement_reason", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("contract", "procurement_reason")
    op.drop_column("contract", "procurement_method")
