"""Where a project's filing stands (Art 26), and whether it builds a system (Art 2)."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("filing_status", sa.String(), nullable=True))
    op.add_column(
        "project",
        sa.Column("builds_system", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    op.drop_column("project", "builds_system")
    op.drop_column("project", "filing_status")
