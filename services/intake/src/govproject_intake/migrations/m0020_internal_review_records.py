"""The record of the internal review; what was found regular without one is excused."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("filing", sa.Column("internal_review_record_file_id", sa.Uuid(), nullable=True))
    op.add_column(
        "filing",
        sa.Column("review_record_excused", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.execute(
        sa.text(
            "UPDATE filing SET review_record_excused = true"
            " WHERE status = 'accepted' OR (status = 'submitted' AND project_id IN"
            " (SELECT project_id FROM stage_reached WHERE stage = 'filed'))"
        )
    )


def downgrade() -> None:
    op.drop_column("filing", "review_record_excused")
    op.drop_column("filing", "internal_review_record_file_id")
