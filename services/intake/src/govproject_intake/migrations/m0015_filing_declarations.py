"""What a filing says of telephones, and what it hands in for building apart."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("filing", sa.Column("mobile", sa.String(), nullable=True))
    op.add_column("filing", sa.Column("standalone_basis_file_id", sa.Uuid(), nullable=True))
    op.add_column("filing", sa.Column("data_sharing_plan_file_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("filing", "data_sharing_plan_file_id")
    op.drop_column("filing", "standalone_basis_file_id")
    op.drop_column("filing", "mobile")
