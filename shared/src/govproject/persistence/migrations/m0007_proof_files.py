"""The file that proves a duty done, where a file is asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project_obligation", sa.Column("proof_file_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("project_obligation", "proof_file_id")
