"""When a filing was handed in first."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("filing_submitted_at", types.UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("project", "filing_submitted_at")
