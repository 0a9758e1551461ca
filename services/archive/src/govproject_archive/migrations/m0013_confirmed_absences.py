"""That a paper does not exist: who says it, who confirms it, what withdraws it (Art 39)."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "absence_confirmation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_absence_confirmation_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence_confirmation")),
    )
    op.create_index(
        op.f("ix_absence_confirmation_project_id"), "absence_confirmation", ["project_id"]
    )
    op.add_column("absent_paper", sa.Column("declared_by", sa.String(), nullable=True))
    op.add_column("absent_paper", sa.Column("confirmation_id", sa.Uuid(), nullable=True))
    op.add_column("absent_paper", sa.Column("withdrawn_at", types.UtcDateTime(), nullable=True))
    op.add_column("absent_paper", sa.Column("archived_in", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("absent_paper", "archived_in")
    op.drop_column("absent_paper", "withdrawn_at")
    op.drop_column("absent_paper", "confirmation_id")
    op.drop_column("absent_paper", "declared_by")
    op.drop_index(op.f("ix_absence_confirmation_project_id"), table_name="absence_confirmation")
    op.drop_table("absence_confirmation")
