"""Who recorded that an issue is settled, and what the bureau found of a document (Art 19)."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("issue", sa.Column("settled_by", sa.String(), nullable=True))
    op.add_column("issue", sa.Column("finding", sa.String(), nullable=True))
    op.add_column("issue", sa.Column("verified_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("issue", "verified_on")
    op.drop_column("issue", "finding")
    op.drop_column("issue", "settled_by")
