"""What was paid without a contract, and why."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "uncontracted_payment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("amount_yuan", types.Money(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("paper", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_uncontracted_payment_project_id_project"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_uncontracted_payment"),
    )
    op.create_index(
        "ix_uncontracted_payment_project_id", "uncontracted_payment", ["project_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_uncontracted_payment_project_id", table_name="uncontracted_payment")
    op.drop_table("uncontracted_payment")
