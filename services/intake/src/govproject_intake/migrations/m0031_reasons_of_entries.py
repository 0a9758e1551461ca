"""Why each project comes into the plan, beside the reason for the version."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("plan_entry", sa.Column("reason", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("plan_entry", "reason")
