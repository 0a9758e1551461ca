"""Why a project has no contract."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contract_absence",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_contract_absence_project_id_project"
        ),
        sa.PrimaryKeyConstraint("project_id", name="pk_contract_absence"),
    )


def downgrade() -> None:
    op.drop_table("contract_absence")
