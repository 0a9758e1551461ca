"""Process material falls due by each contract, and a file may say whose it is."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "due_material",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_due_material_project_id_project")
        ),
        sa.PrimaryKeyConstraint("project_id", "kind", "record", name=op.f("pk_due_material")),
    )
    op.execute(
        "INSERT INTO due_material (project_id, kind, record, basis, reached_on)"
        " SELECT project_id, kind, '', basis, reached_on FROM due_process_file"
    )
    op.drop_table("due_process_file")
    op.add_column("process_file", sa.Column("contract_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("process_file", "contract_id")
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
    op.execute(
        "INSERT INTO due_process_file (project_id, kind, basis, reached_on)"
        " SELECT project_id, kind, basis, reached_on FROM due_material AS kept"
        " WHERE record = (SELECT MIN(record) FROM due_material AS other"
        " WHERE other.project_id = kept.project_id AND other.kind = kept.kind)"
    )
    op.drop_table("due_material")
