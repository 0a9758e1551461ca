"""What unit and supervisor controlled of a project's quality."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quality_control",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("controlled_on", sa.Date(), nullable=False),
        sa.Column("controlled_by", sa.String(), nullable=False),
        sa.Column("supervised_by", sa.String(), nullable=True),
        sa.Column("key_points", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_quality_control_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_control")),
    )
    op.create_index(
        op.f("ix_quality_control_project_id"), "quality_control", ["project_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("quality_control")
