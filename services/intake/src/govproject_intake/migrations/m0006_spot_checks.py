"""Spot checks, what they found, and the orders that follow from them."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spot_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("population", sa.JSON(), nullable=False),
        sa.Column("drawn_by", sa.String(), nullable=False),
        sa.Column("drawn_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check")),
    )
    op.create_table(
        "spot_check_result",
        sa.Column("spot_check_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("inspector", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_spot_check_result_project_id_project")
        ),
        sa.ForeignKeyConstraint(
            ["spot_check_id"],
            ["spot_check.id"],
            name=op.f("fk_spot_check_result_spot_check_id_spot_check"),
        ),
        sa.PrimaryKeyConstraint("spot_check_id", "project_id", name=op.f("pk_spot_check_result")),
    )
    # Without a foreign key: SQLite could add one only by copying the table.
    op.add_column("rectification_order", sa.Column("spot_check_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("rectification_order", "spot_check_id")
    op.drop_table("spot_check_result")
    op.drop_table("spot_check")
