"""A stopped project is built no further: nothing is left to archive in phases (Art 40)."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("decommissioned_at", types.UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("project", "decommissioned_at")
