"""Who recorded that an issue is settled: of an untrue document, a person of the bureau (Art 19)."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("issue", sa.Column("settled_by", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("issue", "settled_by")
