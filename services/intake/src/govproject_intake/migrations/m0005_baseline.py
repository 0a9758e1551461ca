"""What was approved, as it was then."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "baseline",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("approval_number", sa.String(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("approved_yuan", types.Money(), nullable=False),
        sa.Column("fiscal_report", sa.String(), nullable=True),
        sa.Column("project_name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("builds_system", sa.Boolean(), nullable=False),
        sa.Column("deployment_target", sa.String(), nullable=False),
        sa.Column("plan_name", sa.String(), nullable=True),
        sa.Column("plan_sha256", sa.String(), nullable=True),
        sa.Column("cloud_plan", sa.JSON(), nullable=True),
        sa.Column("responsible_body", sa.String(), nullable=False),
        sa.Column("responsible_person", sa.String(), nullable=False),
        sa.Column("frozen_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_baseline_project_id_project")
        ),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_baseline")),
    )


def downgrade() -> None:
    op.drop_table("baseline")
