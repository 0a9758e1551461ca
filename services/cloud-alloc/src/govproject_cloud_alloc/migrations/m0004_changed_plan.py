"""The plan of the last change that the bureau approved; events of before did not tell it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("standing", sa.Column("changed_plan", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("standing", "changed_plan")
