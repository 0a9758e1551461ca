"""A pre-review says which edition of its project it was of (Arts 7, 28)."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "pre_review", sa.Column("edition", sa.Integer(), nullable=False, server_default="0")
    )
    # Which change came after which round is not known here: it counts from the next change on.
    op.execute(
        "UPDATE pre_review SET edition ="
        " (SELECT edition FROM project WHERE project.id = pre_review.project_id)"
    )


def downgrade() -> None:
    op.drop_column("pre_review", "edition")
