"""The first day that a filing gave for its internal review; of older ones the present day."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("filing", sa.Column("first_internal_review_on", sa.Date(), nullable=True))
    op.execute(sa.text("UPDATE filing SET first_internal_review_on = internal_review_on"))


def downgrade() -> None:
    op.drop_column("filing", "first_internal_review_on")
