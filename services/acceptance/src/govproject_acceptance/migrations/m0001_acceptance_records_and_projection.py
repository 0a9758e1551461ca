"""The projection of other services' events, and the records of acceptance."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approval",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("approval_number", sa.String(), nullable=False),
        sa.Column("approved_yuan", types.Money(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_approval")),
    )
    op.create_table(
        "archive_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("classes", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("checked_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_check")),
    )
    op.create_index(
        op.f("ix_archive_check_project_id"), "archive_check", ["project_id"], unique=False
    )
    op.create_table(
        "project",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("budget_yuan", types.Money(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("rule_pack", sa.String(), nullable=False),
        sa.Column("declared_at", types.UtcDateTime(), nullable=False),
        sa.Column("filing_status", sa.String(), nullable=False),
        sa.Column("filing_accepted_at", types.UtcDateTime(), nullable=True),
        sa.Column("decommissioned_at", types.UtcDateTime(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
    )
    op.create_index(op.f("ix_project_unit"), "project", ["unit"], unique=False)
    op.create_table(
        "agency_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("report_number", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("qualification_number", sa.String(), nullable=False),
        sa.Column("covers", sa.JSON(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_agency_report_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_report")),
        sa.UniqueConstraint(
            "project_id", "report_number", name=op.f("uq_agency_report_project_id_report_number")
        ),
    )
    op.create_table(
        "change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("aspects", sa.JSON(), nullable=False),
        sa.Column("determined_at", types.UtcDateTime(), nullable=False),
        sa.Column("filed_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_change_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_project_id"), "change", ["project_id"], unique=False)
    op.create_table(
        "contract",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("contractor", sa.String(), nullable=False),
        sa.Column("supervisor", sa.String(), nullable=True),
        sa.Column("award_notice_on", sa.Date(), nullable=False),
        sa.Column("contract_filed_on", sa.Date(), nullable=False),
        sa.Column("free_ops_months", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_contract_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
    )
    op.create_index(op.f("ix_contract_project_id"), "contract", ["project_id"], unique=False)
    op.create_table(
        "exception_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approver", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_exception_grant_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exception_grant")),
    )
    op.create_index(
        op.f("ix_exception_grant_project_id"), "exception_grant", ["project_id"], unique=False
    )
    op.create_table(
        "final_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("experts", sa.JSON(), nullable=False),
        sa.Column("external_experts", sa.Integer(), nullable=False),
        sa.Column("votes_in_favour", sa.Integer(), nullable=False),
        sa.Column("vetoes", sa.JSON(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("rectify_by", sa.Date(), nullable=True),
        sa.Column("settled_yuan", types.Money(), nullable=True),
        sa.Column("decision", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_final_round_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_final_round")),
        sa.UniqueConstraint("project_id", "round", name=op.f("uq_final_round_project_id_round")),
    )
    op.create_table(
        "guidance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_guidance_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance")),
    )
    op.create_index(op.f("ix_guidance_project_id"), "guidance", ["project_id"], unique=False)
    op.create_table(
        "obligation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_provisional", sa.Boolean(), nullable=False),
        sa.Column("runs_until_due", sa.Boolean(), nullable=False),
        sa.Column("opened_at", types.UtcDateTime(), nullable=False),
        sa.Column("proof", sa.String(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("closed_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_obligation_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
    )
    op.create_index(op.f("ix_obligation_project_id"), "obligation", ["project_id"], unique=False)
    op.create_table(
        "preliminary_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("participants", sa.JSON(), nullable=False),
        sa.Column("without_supervisor", sa.Boolean(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("decision", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_preliminary_round_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preliminary_round")),
        sa.UniqueConstraint(
            "project_id", "round", name=op.f("uq_preliminary_round_project_id_round")
        ),
    )
    op.create_table(
        "trial",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("earliest_end", sa.Date(), nullable=False),
        sa.Column("latest_end", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("overrun_reason", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_trial_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_trial_project_id_number")),
    )
    op.create_table(
        "waiver",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_waiver_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
        sa.UniqueConstraint("project_id", "stage", name=op.f("uq_waiver_project_id_stage")),
    )
    op.create_table(
        "must_fix_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("fixed_on", sa.Date(), nullable=True),
        sa.Column("proof", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_must_fix_item_project_id_project")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["preliminary_round.id"],
            name=op.f("fk_must_fix_item_round_id_preliminary_round"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_must_fix_item")),
    )
    op.create_index(
        op.f("ix_must_fix_item_project_id"), "must_fix_item", ["project_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_must_fix_item_project_id"), table_name="must_fix_item")
    op.drop_table("must_fix_item")
    op.drop_table("waiver")
    op.drop_table("trial")
    op.drop_table("preliminary_round")
    op.drop_index(op.f("ix_obligation_project_id"), table_name="obligation")
    op.drop_table("obligation")
    op.drop_index(op.f("ix_guidance_project_id"), table_name="guidance")
    op.drop_table("guidance")
    op.drop_table("final_round")
    op.drop_index(op.f("ix_exception_grant_project_id"), table_name="exception_grant")
    op.drop_table("exception_grant")
    op.drop_index(op.f("ix_contract_project_id"), table_name="contract")
    op.drop_table("contract")
    op.drop_index(op.f("ix_change_project_id"), table_name="change")
    op.drop_table("change")
    op.drop_table("agency_report")
    op.drop_index(op.f("ix_project_unit"), table_name="project")
    op.drop_table("project")
    op.drop_index(op.f("ix_archive_check_project_id"), table_name="archive_check")
    op.drop_table("archive_check")
    op.drop_table("approval")
