"""The money that a unit set apart for the security of a system in operation (Art 32)."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("operation", sa.Column("security_funds_yuan", types.Money(), nullable=True))


def downgrade() -> None:
    op.drop_column("operation", "security_funds_yuan")
