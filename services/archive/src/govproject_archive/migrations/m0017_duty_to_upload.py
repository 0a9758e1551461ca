"""What a milestone asks for knows the duty to upload it in time (Art 18)."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("due_material", sa.Column("obligation_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("due_material", "obligation_id")
