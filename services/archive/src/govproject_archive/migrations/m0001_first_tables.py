"""Projects, file classes, volumes with catalogue and acts, archive checks."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handover_counter",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_handover_counter")),
    )
    op.create_table(
        "project",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_name", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("rule_pack", sa.String(), nullable=True),
        sa.Column("supervisor", sa.String(), nullable=True),
        sa.Column("final_passed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
    )
    op.create_index(op.f("ix_project_unit"), "project", ["unit"], unique=False)
    op.create_table(
        "archive_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("classes", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("supplementary", sa.Boolean(), nullable=False),
        sa.Column("inspector", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("checked_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_archive_check_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_check")),
    )
    op.create_index(
        op.f("ix_archive_check_project_id"), "archive_check", ["project_id"], unique=False
    )
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
        "file_class",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("file_class", sa.String(), nullable=False),
        sa.Column("trigger", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_file_class_project_id_project")
        ),
        sa.PrimaryKeyConstraint("project_id", "file_class", name=op.f("pk_file_class")),
    )
    op.create_table(
        "volume",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("file_class", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("phased", sa.Boolean(), nullable=False),
        sa.Column("handover_number", sa.String(), nullable=True),
        sa.Column("handed_over_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_volume_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volume")),
        sa.UniqueConstraint("handover_number", name=op.f("uq_volume_handover_number")),
    )
    op.create_index(op.f("ix_volume_project_id"), "volume", ["project_id"], unique=False)
    op.create_table(
        "volume_act",
        sa.Column("volume_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["volume_id"], ["volume.id"], name=op.f("fk_volume_act_volume_id_volume")
        ),
        sa.PrimaryKeyConstraint("volume_id", "number", name=op.f("pk_volume_act")),
        sa.UniqueConstraint("volume_id", "step", name=op.f("uq_volume_act_volume_id_step")),
    )
    op.create_table(
        "volume_item",
        sa.Column("volume_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["volume_id"], ["volume.id"], name=op.f("fk_volume_item_volume_id_volume")
        ),
        sa.PrimaryKeyConstraint("volume_id", "position", name=op.f("pk_volume_item")),
    )


def downgrade() -> None:
    op.drop_table("volume_item")
    op.drop_table("volume_act")
    op.drop_index(op.f("ix_volume_project_id"), table_name="volume")
    op.drop_table("volume")
    op.drop_table("file_class")
    op.drop_index(op.f("ix_exception_grant_project_id"), table_name="exception_grant")
    op.drop_table("exception_grant")
    op.drop_index(op.f("ix_archive_check_project_id"), table_name="archive_check")
    op.drop_table("archive_check")
    op.drop_index(op.f("ix_project_unit"), table_name="project")
    op.drop_table("project")
    op.drop_table("handover_counter")
