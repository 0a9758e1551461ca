"""Whether the bureau approved a change."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("change", sa.Column("approved", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("change", "approved")
