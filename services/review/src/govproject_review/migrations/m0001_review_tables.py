"""Projects as intake describes them; each step of their review; the expert pool and draws."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "expert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("employer", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("declared_conflicts", sa.JSON(), nullable=False),
        sa.Column("added_at", types.UtcDateTime(), nullable=False),
        sa.Column("retired_at", types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert")),
        sa.UniqueConstraint("name", "employer", name=op.f("uq_expert_name_employer")),
    )
    op.create_table(
        "project",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("budget_yuan", types.Money(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("cloud_plan", sa.JSON(), nullable=True),
        sa.Column("rule_pack", sa.String(), nullable=False),
        sa.Column("declared_at", types.UtcDateTime(), nullable=False),
        sa.Column("city_system_ref", sa.String(), nullable=True),
        sa.Column("plan_adopted_year", sa.Integer(), nullable=True),
        sa.Column("decommissioned_at", types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
    )
    op.create_index(op.f("ix_project_unit"), "project", ["unit"], unique=False)
    op.create_table(
        "application",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("submitted_at", types.UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", types.UtcDateTime(), nullable=True),
        sa.Column("rejection_reason", sa.String(), nullable=True),
        sa.Column("approval_number", sa.String(), nullable=True),
        sa.Column("approved_yuan", types.Money(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("filing_form_due_on", sa.Date(), nullable=True),
        sa.Column("filing_form_due_provisional", sa.Boolean(), nullable=False),
        sa.Column("decision", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_application_project_id_project")
        ),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_application")),
        sa.UniqueConstraint("approval_number", name=op.f("uq_application_approval_number")),
        sa.UniqueConstraint("project_code", name=op.f("uq_application_project_code")),
    )
    op.create_table(
        "department_opinion",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_department_opinion_project_id_project")
        ),
        sa.PrimaryKeyConstraint("project_id", "department", name=op.f("pk_department_opinion")),
    )
    op.create_table(
        "fiscal_evaluation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("report_number", sa.String(), nullable=False),
        sa.Column("evaluated_yuan", types.Money(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_fiscal_evaluation_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fiscal_evaluation")),
        sa.UniqueConstraint(
            "project_id", "round", name=op.f("uq_fiscal_evaluation_project_id_round")
        ),
        sa.UniqueConstraint("report_number", name=op.f("uq_fiscal_evaluation_report_number")),
    )
    op.create_table(
        "granted_relief",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approver", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_granted_relief_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_granted_relief")),
    )
    op.create_index(
        op.f("ix_granted_relief_project_id"), "granted_relief", ["project_id"], unique=False
    )
    op.create_table(
        "panel",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("pool", sa.JSON(), nullable=False),
        sa.Column("withdrawals", sa.JSON(), nullable=False),
        sa.Column("drawn_by", sa.String(), nullable=False),
        sa.Column("drawn_at", types.UtcDateTime(), nullable=False),
        sa.Column("attended", sa.JSON(), nullable=False),
        sa.Column("concluded_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_panel_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel")),
        sa.UniqueConstraint("project_id", "round", name=op.f("uq_panel_project_id_round")),
    )
    op.create_table(
        "pre_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("materials", sa.JSON(), nullable=False),
        sa.Column("submitted_at", types.UtcDateTime(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("reviewed_by", sa.String(), nullable=True),
        sa.Column("reviewed_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_pre_review_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pre_review")),
        sa.UniqueConstraint("project_id", "round", name=op.f("uq_pre_review_project_id_round")),
    )
    op.create_table(
        "expert_opinion",
        sa.Column("panel_id", sa.Uuid(), nullable=False),
        sa.Column("expert_id", sa.Uuid(), nullable=False),
        sa.Column("in_favour", sa.Boolean(), nullable=False),
        sa.Column("comments", sa.JSON(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("signed_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["expert.id"], name=op.f("fk_expert_opinion_expert_id_expert")
        ),
        sa.ForeignKeyConstraint(
            ["panel_id"], ["panel.id"], name=op.f("fk_expert_opinion_panel_id_panel")
        ),
        sa.PrimaryKeyConstraint("panel_id", "expert_id", name=op.f("pk_expert_opinion")),
    )


def downgrade() -> None:
    op.drop_table("expert_opinion")
    op.drop_table("pre_review")
    op.drop_table("panel")
    op.drop_index(op.f("ix_granted_relief_project_id"), table_name="granted_relief")
    op.drop_table("granted_relief")
    op.drop_table("fiscal_evaluation")
    op.drop_table("department_opinion")
    op.drop_table("application")
    op.drop_index(op.f("ix_project_unit"), table_name="project")
    op.drop_table("project")
    op.drop_table("expert")
