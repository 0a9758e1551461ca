"""On which day a filing's internal review was."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("internal_review_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("project", "internal_review_on")
