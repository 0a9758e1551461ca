"""The signed opinions of meetings, the experts' resolutions, and test reports as files."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_PAPERS = (
    ("preliminary_round", "opinion_paper"),
    ("final_round", "opinion_paper"),
    ("final_round", "resolution_paper"),
    ("agency_report", "paper"),
)


def upgrade() -> None:
    for table, column in _PAPERS:
        op.add_column(table, sa.Column(column, sa.JSON(), nullable=True))


def downgrade() -> None:
    for table, column in reversed(_PAPERS):
        op.drop_column(table, column)
