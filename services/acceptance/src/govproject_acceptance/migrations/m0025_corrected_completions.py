"""Days of completion that were corrected, and why."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "completion_correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("corrected_to", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_completion_correction_project_id_project"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_completion_correction"),
    )
    op.create_index(
        "ix_completion_correction_project_id", "completion_correction", ["project_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_completion_correction_project_id", table_name="completion_correction")
    op.drop_table("completion_correction")
