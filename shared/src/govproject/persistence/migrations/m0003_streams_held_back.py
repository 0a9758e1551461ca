"""The index of streams held back gets the columns that SQLite's planner asks for."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_WAITING = sa.text("published_at IS NULL AND next_attempt IS NOT NULL")


def upgrade() -> None:
    _replace("aggregate_type", "aggregate_id", "aggregate_seq")


def downgrade() -> None:
    _replace("aggregate_id", "aggregate_seq")


def _replace(*columns: str) -> None:
    op.drop_index("ix_outbox_waiting", "outbox")
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        list(columns),
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
