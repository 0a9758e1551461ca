"""Why what is called a service is no construction."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contract", sa.Column("service_note", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("contract", "service_note")
