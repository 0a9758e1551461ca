"""Process material, how archive work is organised, and supervision."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unit_archive",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("managed_by", sa.String(), nullable=False),
        sa.Column("rules", sa.String(), nullable=False),
        sa.Column("standards", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_archive")),
    )
    op.create_index(op.f("ix_unit_archive_unit"), "unit_archive", ["unit"], unique=False)
    op.create_table(
        "due_process_file",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_due_process_file_project_id_project")
        ),
        sa.PrimaryKeyConstraint("project_id", "kind", name=op.f("pk_due_process_file")),
    )
    op.create_table(
        "in_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_in_step_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_in_step")),
    )
    op.create_index(op.f("ix_in_step_project_id"), "in_step", ["project_id"], unique=False)
    op.create_table(
        "process_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("uploaded_by", sa.String(), nullable=False),
        sa.Column("uploaded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_process_file_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_file")),
    )
    op.create_index(
        op.f("ix_process_file_project_id"), "process_file", ["project_id"], unique=False
    )
    op.create_table(
        "supervision_opinion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", types.UtcDateTime(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_supervision_opinion_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_opinion")),
    )
    op.create_index(
        op.f("ix_supervision_opinion_project_id"),
        "supervision_opinion",
        ["project_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_supervision_opinion_project_id"), table_name="supervision_opinion")
    op.drop_table("supervision_opinion")
    op.drop_index(op.f("ix_process_file_project_id"), table_name="process_file")
    op.drop_table("process_file")
    op.drop_index(op.f("ix_in_step_project_id"), table_name="in_step")
    op.drop_table("in_step")
    op.drop_table("due_process_file")
    op.drop_index(op.f("ix_unit_archive_unit"), table_name="unit_archive")
    op.drop_table("unit_archive")
