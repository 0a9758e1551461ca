"""The report of the finance bureau's evaluation as a file (Art 24)."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("evaluation", sa.Column("paper", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("evaluation", "paper")
