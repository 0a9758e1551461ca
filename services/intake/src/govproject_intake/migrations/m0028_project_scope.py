"""Whether the regulation governs a project, and what its declaration was warned of."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("project") as table:
        table.add_column(sa.Column("scope", sa.String(), nullable=True))
        table.add_column(sa.Column("findings", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("project") as table:
        table.drop_column("findings")
        table.drop_column("scope")
