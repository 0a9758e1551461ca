"""By which number the parties know a contract."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contract", sa.Column("contract_number", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("contract", "contract_number")
