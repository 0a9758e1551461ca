"""The implementation file, lots and materials of the final; operation, evaluation, reports."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "annual_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("paper", sa.JSON(), nullable=False),
        sa.Column("projects", sa.JSON(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("submitted_by", sa.String(), nullable=False),
        sa.Column("submitted_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_report")),
        sa.UniqueConstraint("unit", "year", name=op.f("uq_annual_report_unit_year")),
    )
    op.create_table(
        "evaluation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("evaluated_on", sa.Date(), nullable=False),
        sa.Column("experts", sa.JSON(), nullable=False),
        sa.Column("agencies", sa.JSON(), nullable=False),
        sa.Column("dimensions", sa.JSON(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("decision", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_evaluation_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
    )
    op.create_index(op.f("ix_evaluation_project_id"), "evaluation", ["project_id"], unique=False)
    op.create_table(
        "final_material",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("paper", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_final_material_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_final_material")),
    )
    op.create_index(
        op.f("ix_final_material_project_id"), "final_material", ["project_id"], unique=False
    )
    op.create_table(
        "implementation_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("paper", sa.JSON(), nullable=True),
        sa.Column("not_applicable", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_implementation_plan_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_implementation_plan")),
    )
    op.create_index(
        op.f("ix_implementation_plan_project_id"),
        "implementation_plan",
        ["project_id"],
        unique=False,
    )
    op.create_table(
        "operation",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("operator", sa.String(), nullable=True),
        sa.Column("user_unit", sa.String(), nullable=True),
        sa.Column("in_service_since", sa.Date(), nullable=True),
        sa.Column("evaluable_from", sa.Date(), nullable=True),
        sa.Column("operation_rules", sa.JSON(), nullable=True),
        sa.Column("security_rules", sa.JSON(), nullable=True),
        sa.Column("security_body", sa.String(), nullable=True),
        sa.Column("security_officer", sa.String(), nullable=True),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("outsourced", sa.Boolean(), nullable=False),
        sa.Column("outsourcing_rules", sa.JSON(), nullable=True),
        sa.Column("outsourcing_assessed_on", sa.Date(), nullable=True),
        sa.Column("outsourcing_risk", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_operation_project_id_project")
        ),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_operation")),
    )
    op.create_index(
        op.f("ix_operation_evaluable_from"), "operation", ["evaluable_from"], unique=False
    )
    op.create_table(
        "self_evaluation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("evaluated_on", sa.Date(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("paper", sa.JSON(), nullable=True),
        sa.Column("rectified_on", sa.Date(), nullable=True),
        sa.Column("rectification", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_self_evaluation_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_evaluation")),
    )
    op.create_index(
        op.f("ix_self_evaluation_project_id"), "self_evaluation", ["project_id"], unique=False
    )
    op.create_table(
        "lot_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("paper", sa.JSON(), nullable=False),
        sa.Column("decision", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_lot_round_contract_id_contract")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_lot_round_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_round")),
    )
    op.create_index(op.f("ix_lot_round_project_id"), "lot_round", ["project_id"], unique=False)
    op.create_table(
        "trial_problem",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("trial_id", sa.Uuid(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("solved_on", sa.Date(), nullable=True),
        sa.Column("proof", sa.String(), nullable=True),
        sa.Column("explained_on", sa.Date(), nullable=True),
        sa.Column("explanation", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_trial_problem_project_id_project")
        ),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["trial.id"], name=op.f("fk_trial_problem_trial_id_trial")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial_problem")),
    )
    op.create_index(
        op.f("ix_trial_problem_project_id"), "trial_problem", ["project_id"], unique=False
    )
    # Of what came before it was not kept; a unit hands the plan in instead.
    op.add_column(
        "approval",
        sa.Column("cloud_planned", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("must_fix_item", sa.Column("explained_on", sa.Date(), nullable=True))
    op.add_column("must_fix_item", sa.Column("explanation", sa.String(), nullable=True))
    op.add_column(
        "project",
        sa.Column("cloud_planned", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("project", sa.Column("completed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("project", "completed_on")
    op.drop_column("project", "cloud_planned")
    op.drop_column("must_fix_item", "explanation")
    op.drop_column("must_fix_item", "explained_on")
    op.drop_column("approval", "cloud_planned")
    op.drop_index(op.f("ix_trial_problem_project_id"), table_name="trial_problem")
    op.drop_table("trial_problem")
    op.drop_index(op.f("ix_lot_round_project_id"), table_name="lot_round")
    op.drop_table("lot_round")
    op.drop_index(op.f("ix_self_evaluation_project_id"), table_name="self_evaluation")
    op.drop_table("self_evaluation")
    op.drop_index(op.f("ix_operation_evaluable_from"), table_name="operation")
    op.drop_table("operation")
    op.drop_index(op.f("ix_implementation_plan_project_id"), table_name="implementation_plan")
    op.drop_table("implementation_plan")
    op.drop_index(op.f("ix_final_material_project_id"), table_name="final_material")
    op.drop_table("final_material")
    op.drop_index(op.f("ix_evaluation_project_id"), table_name="evaluation")
    op.drop_table("evaluation")
    op.drop_table("annual_report")
