"""Contracts under which nothing was done: no construction begins with one (Art 40)."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unfulfilled_contract",
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_unfulfilled_contract_project_id_project")
        ),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_unfulfilled_contract")),
    )
    op.create_index(
        op.f("ix_unfulfilled_contract_project_id"), "unfulfilled_contract", ["project_id"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_unfulfilled_contract_project_id"), table_name="unfulfilled_contract")
    op.drop_table("unfulfilled_contract")
