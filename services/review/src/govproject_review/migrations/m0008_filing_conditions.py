"""Which excluding conditions a filing declares (Art 26)."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What an older filing declared is not known here, until it is handed in again.
    op.add_column("project", sa.Column("filing_conditions", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("project", "filing_conditions")
