"""Working days as notices announce them, and the duties whose days are computed from them."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "working_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("imported_by", sa.String(), nullable=False),
        sa.Column("imported_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_working_day"),
    )
    op.create_table(
        "project_obligation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("period", sa.JSON(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_provisional", sa.Boolean(), nullable=False),
        sa.Column("runs_until_due", sa.Boolean(), nullable=False),
        sa.Column("opened_at", types.UtcDateTime(), nullable=False),
        sa.Column("proof", sa.String(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("closed_at", types.UtcDateTime(), nullable=True),
        sa.Column("reminded_at", types.UtcDateTime(), nullable=True),
        sa.Column("overdue_at", types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_project_obligation"),
    )
    for column in ("project_id", "unit", "due_on"):
        op.create_index(f"ix_project_obligation_{column}", "project_obligation", [column])


def downgrade() -> None:
    op.drop_table("project_obligation")
    op.drop_table("working_day")
