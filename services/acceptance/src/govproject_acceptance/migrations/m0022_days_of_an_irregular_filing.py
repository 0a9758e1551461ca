"""When a filing was found irregular, and when it was corrected after that."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_DAYS = ("filing_irregular_at", "filing_corrected_at")


def upgrade() -> None:
    for name in _DAYS:
        op.add_column("project", sa.Column(name, types.UtcDateTime(), nullable=True))


def downgrade() -> None:
    for name in reversed(_DAYS):
        op.drop_column("project", name)
