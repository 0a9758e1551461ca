"""The stages of a project's life."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stage_reached",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_stage_reached_project_id_project")
        ),
        sa.PrimaryKeyConstraint("project_id", "stage", name=op.f("pk_stage_reached")),
    )


def downgrade() -> None:
    op.drop_table("stage_reached")
