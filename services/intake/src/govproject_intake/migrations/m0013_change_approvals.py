"""The bureau's approval of a change of what it had approved."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("change", sa.Column("approval_document", sa.String(), nullable=True))
    op.add_column("change", sa.Column("approved_on", sa.Date(), nullable=True))
    op.add_column("change", sa.Column("approved_by", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("change", "approved_by")
    op.drop_column("change", "approved_on")
    op.drop_column("change", "approval_document")
