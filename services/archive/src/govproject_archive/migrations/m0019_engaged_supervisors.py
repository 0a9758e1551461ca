"""Whom each contract engages to supervise: one recorded by mistake engages nobody (Art 40)."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "engaged_supervisor",
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("supervisor", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_engaged_supervisor_project_id_project")
        ),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_engaged_supervisor")),
    )
    op.create_index(op.f("ix_engaged_supervisor_project_id"), "engaged_supervisor", ["project_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_engaged_supervisor_project_id"), table_name="engaged_supervisor")
    op.drop_table("engaged_supervisor")
