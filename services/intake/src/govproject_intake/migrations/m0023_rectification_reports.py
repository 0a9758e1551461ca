"""What a unit reports of its rectification, and why it was ordered."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rectification_order", sa.Column("ground", sa.String(), nullable=True))
    op.add_column("rectification_order", sa.Column("report", sa.String(), nullable=True))
    op.add_column("rectification_order", sa.Column("report_file_id", sa.Uuid(), nullable=True))
    op.add_column("rectification_order", sa.Column("reported_by", sa.String(), nullable=True))
    op.add_column(
        "rectification_order", sa.Column("reported_at", types.UtcDateTime(), nullable=True)
    )
    op.add_column("rectification_order", sa.Column("obligation_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("rectification_order", "obligation_id")
    op.drop_column("rectification_order", "reported_at")
    op.drop_column("rectification_order", "reported_by")
    op.drop_column("rectification_order", "report_file_id")
    op.drop_column("rectification_order", "report")
    op.drop_column("rectification_order", "ground")
