"""A class falls due by each of its records, and a check says which of them it covered."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "due_file",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("file_class", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("trigger", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_due_file_project_id_project")
        ),
        sa.PrimaryKeyConstraint("project_id", "file_class", "record", name=op.f("pk_due_file")),
    )
    op.execute(
        "INSERT INTO due_file (project_id, file_class, record, trigger, basis, due_on)"
        " SELECT project_id, file_class, '', trigger, basis, due_on FROM file_class"
    )
    op.drop_table("file_class")
    op.add_column("archive_check", sa.Column("covered", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("archive_check", "covered")
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
    op.execute(
        "INSERT INTO file_class (project_id, file_class, trigger, basis, due_on)"
        " SELECT project_id, file_class, trigger, basis, due_on FROM due_file AS kept"
        " WHERE record = (SELECT MIN(record) FROM due_file AS other"
        " WHERE other.project_id = kept.project_id AND other.file_class = kept.file_class)"
    )
    op.drop_table("due_file")
