"""The papers of a class: which are asked for, which a volume holds, which do not exist (Art 39)."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "due_paper",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_due_paper_project_id_project")
        ),
        sa.PrimaryKeyConstraint("project_id", "kind", "record", name=op.f("pk_due_paper")),
    )
    op.create_table(
        "absent_paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_absent_paper_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absent_paper")),
    )
    op.create_index(op.f("ix_absent_paper_project_id"), "absent_paper", ["project_id"])
    op.add_column("volume_item", sa.Column("kind", sa.String(), nullable=True))
    op.add_column("volume_item", sa.Column("record", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("volume_item", "record")
    op.drop_column("volume_item", "kind")
    op.drop_index(op.f("ix_absent_paper_project_id"), table_name="absent_paper")
    op.drop_table("absent_paper")
    op.drop_table("due_paper")
