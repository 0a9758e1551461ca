"""What a pre-review said, and what the final meeting found of it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pre_review",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("mobile", sa.String(), nullable=True),
        sa.Column("lists", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("project_id", name="pk_pre_review"),
    )
    op.add_column("final_round", sa.Column("mobile", sa.String(), nullable=True))
    # Of meetings held before, nobody said what was compared.
    op.add_column(
        "final_round", sa.Column("compared", sa.JSON(), nullable=False, server_default="{}")
    )


def downgrade() -> None:
    op.drop_column("final_round", "compared")
    op.drop_column("final_round", "mobile")
    op.drop_table("pre_review")
