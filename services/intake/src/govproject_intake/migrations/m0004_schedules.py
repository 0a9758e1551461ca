"""Schedules of contracts, extensions, and changes of personnel."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contract", sa.Column("ends_on", sa.Date(), nullable=True))
    # Of contracts recorded before, nobody said whom the bid names.
    op.add_column(
        "contract", sa.Column("personnel", sa.JSON(), nullable=False, server_default="[]")
    )
    op.create_table(
        "confirmation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("new_ends_on", sa.Date(), nullable=True),
        sa.Column("milestones", sa.JSON(), nullable=False),
        sa.Column("leaves", sa.String(), nullable=True),
        sa.Column("joins", sa.String(), nullable=True),
        sa.Column("signatures", sa.JSON(), nullable=False),
        sa.Column("expert_review", sa.JSON(), nullable=True),
        sa.Column("applied_at", types.UtcDateTime(), nullable=False),
        sa.Column("settled_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_confirmation_contract_id_contract")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
    )
    op.create_index(
        op.f("ix_confirmation_contract_id"), "confirmation", ["contract_id"], unique=False
    )
    op.create_table(
        "schedule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("milestones", sa.JSON(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_schedule_contract_id_contract")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule")),
        sa.UniqueConstraint("contract_id", "number", name=op.f("uq_schedule_contract_id_number")),
    )


def downgrade() -> None:
    op.drop_table("schedule")
    op.drop_index(op.f("ix_confirmation_contract_id"), table_name="confirmation")
    op.drop_table("confirmation")
    op.drop_column("contract", "personnel")
    op.drop_column("contract", "ends_on")
