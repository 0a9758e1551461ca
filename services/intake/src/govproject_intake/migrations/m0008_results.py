"""Results of performance evaluations, and links that the bureau confirms."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evaluation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("evaluated_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_evaluation_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
    )
    op.create_index(op.f("ix_evaluation_project_id"), "evaluation", ["project_id"], unique=False)
    op.add_column("project", sa.Column("system_name", sa.String(), nullable=True))
    op.add_column(
        "project_link",
        sa.Column("state", sa.String(), nullable=False, server_default="named"),
    )
    op.add_column("project_link", sa.Column("decided_by", sa.String(), nullable=True))
    op.add_column("project_link", sa.Column("decided_at", types.UtcDateTime(), nullable=True))
    op.create_index(
        op.f("ix_project_link_related_id"), "project_link", ["related_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_project_link_related_id"), table_name="project_link")
    op.drop_column("project_link", "decided_at")
    op.drop_column("project_link", "decided_by")
    op.drop_column("project_link", "state")
    op.drop_column("project", "system_name")
    op.drop_index(op.f("ix_evaluation_project_id"), table_name="evaluation")
    op.drop_table("evaluation")
