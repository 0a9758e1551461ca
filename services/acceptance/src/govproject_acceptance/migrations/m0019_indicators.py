"""The projects' main technical and efficiency indicators, and what finals found of them."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "indicator",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("promised", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("paper", sa.JSON(), nullable=False),
        sa.Column("change_id", sa.Uuid(), nullable=True),
        sa.Column("replaced_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_indicator_project_id_project"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_indicator"),
    )
    op.create_index("ix_indicator_project_id", "indicator", ["project_id"], unique=False)
    op.add_column("final_round", sa.Column("indicators", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("final_round", "indicators")
    op.drop_index("ix_indicator_project_id", table_name="indicator")
    op.drop_table("indicator")
