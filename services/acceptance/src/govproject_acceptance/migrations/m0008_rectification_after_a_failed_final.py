"""What was mended after a failed final."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rectification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("veto", sa.String(), nullable=False),
        sa.Column("rectified_on", sa.Date(), nullable=False),
        sa.Column("rectification", sa.String(), nullable=False),
        sa.Column("paper", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_rectification_project_id_project"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["final_round.id"], name="fk_rectification_round_id_final_round"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rectification"),
        sa.UniqueConstraint("round_id", "veto", name="uq_rectification_round_id_veto"),
    )
    op.create_index("ix_rectification_project_id", "rectification", ["project_id"])


def downgrade() -> None:
    op.drop_index("ix_rectification_project_id", table_name="rectification")
    op.drop_table("rectification")
