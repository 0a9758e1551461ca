"""Which changes are followed from their determination until they are filed (Arts 11, 28)."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Of one that is here by now nobody can say that it is not filed: no approval is held up by it.
    op.add_column(
        "determined_change",
        sa.Column("followed", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    op.drop_column("determined_change", "followed")
