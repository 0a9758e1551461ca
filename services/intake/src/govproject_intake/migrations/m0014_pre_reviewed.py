"""When review was heard to have begun."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("pre_reviewed_at", types.UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("project", "pre_reviewed_at")
