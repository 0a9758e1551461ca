"""Small optimisation within operation."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("optimisation_in_ops", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("project", "optimisation_in_ops")
