"""The amount that the finance bureau evaluated."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("evaluated_yuan", types.Money(), nullable=True))


def downgrade() -> None:
    op.drop_column("project", "evaluated_yuan")
