"""Which of Art 26's conditions a filing declares."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("filing_conditions", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("project", "filing_conditions")
