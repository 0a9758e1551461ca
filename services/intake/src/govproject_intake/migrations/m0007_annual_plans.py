"""Versions of annual plans."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "annual_plan",
        sa.Column("plan_year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("opened_at", types.UtcDateTime(), nullable=True),
        sa.Column("consolidated_at", types.UtcDateTime(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("plan_year", "version", name=op.f("pk_annual_plan")),
    )
    op.create_table(
        "plan_entry",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("plan_year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_plan_entry_project_id_project")
        ),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_plan_entry")),
    )
    op.create_index(op.f("ix_plan_entry_plan_year"), "plan_entry", ["plan_year"], unique=False)
    # What was adopted before is the first version; nobody kept when it was made.
    op.execute(
        "INSERT INTO annual_plan (plan_year, version, state)"
        " SELECT DISTINCT plan_adopted_year, 1, 'published' FROM project"
        " WHERE plan_adopted_year IS NOT NULL"
    )
    op.execute(
        "INSERT INTO plan_entry (project_id, plan_year, version)"
        " SELECT id, plan_adopted_year, 1 FROM project WHERE plan_adopted_year IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_plan_entry_plan_year"), table_name="plan_entry")
    op.drop_table("plan_entry")
    op.drop_table("annual_plan")
