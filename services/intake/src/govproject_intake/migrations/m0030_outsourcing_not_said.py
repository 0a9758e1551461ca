"""A contract may leave open whether it is one of outsourcing; what is on record stays.

The build before goes on reading and writing the column that it knows, where this one is a no.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "contract",
        sa.Column("outsourcing_not_said", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    op.drop_column("contract", "outsourcing_not_said")
