"""By when contracts are to be fulfilled: a long construction may be archived in phases (Art 40)."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contract_term",
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_contract_term_project_id_project")
        ),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_contract_term")),
    )
    op.create_index(op.f("ix_contract_term_project_id"), "contract_term", ["project_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_contract_term_project_id"), table_name="contract_term")
    op.drop_table("contract_term")
