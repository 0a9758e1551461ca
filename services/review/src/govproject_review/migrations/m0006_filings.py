"""Where a project's filing stands (Art 26); unknown for those declared before."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("filing_status", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("project", "filing_status")
