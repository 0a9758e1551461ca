"""What a contract is about; all of before count as construction."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "contract",
        sa.Column("subject", sa.String(), nullable=False, server_default="construction"),
    )


def downgrade() -> None:
    op.drop_column("contract", "subject")
