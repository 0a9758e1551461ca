"""Documents for approval as files, clauses of tender documents, who has a stake in a project."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("application", sa.Column("files", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("tender", sa.Column("clauses", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("panel", sa.Column("parties", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("panel", "parties")
    op.drop_column("tender", "clauses")
    op.drop_column("application", "files")
