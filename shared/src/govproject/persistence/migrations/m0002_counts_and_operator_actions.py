"""What has been published and received, counted by slot; a record of what operators do."""

from collections import Counter
from zlib import crc32

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("selection", sa.JSON(), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_action")),
    )
    tally = op.create_table(
        "inbox_tally",
        sa.Column("consumer", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("slot", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("consumer", "source", "slot", name=op.f("pk_inbox_tally")),
    )
    op.add_column(
        "inbox_watermark", sa.Column("missing", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column(
        "relay_slot", sa.Column("published", sa.BigInteger(), nullable=False, server_default="0")
    )
    connection = op.get_bind()
    for slot, count in _published(connection).items():
        connection.execute(
            sa.text("UPDATE relay_slot SET published = :count WHERE slot = :slot"),
            {"slot": slot, "count": count},
        )
    received = [
        {"consumer": consumer, "source": source, "slot": slot, "received": count}
        for (consumer, source, slot), count in _received(connection).items()
    ]
    if received:
        op.bulk_insert(tally, received)


def downgrade() -> None:
    op.drop_column("relay_slot", "published")
    op.drop_column("inbox_watermark", "missing")
    op.drop_table("inbox_tally")
    op.drop_table("event_action")


def _published(connection: sa.Connection) -> Counter[int]:
    counts: Counter[int] = Counter()
    for aggregate_id, last in connection.execute(
        sa.text("SELECT aggregate_id, last_seq FROM outbox_stream")
    ):
        counts[_slot(aggregate_id)] += last
    for (slot,) in connection.execute(
        sa.text("SELECT slot FROM outbox WHERE published_at IS NULL")
    ):
        counts[slot] -= 1
    return counts


def _received(connection: sa.Connection) -> Counter[tuple[str, str, int]]:
    counts: Counter[tuple[str, str, int]] = Counter()
    for consumer, source, aggregate_id, last in connection.execute(
        sa.text("SELECT consumer, source, aggregate_id, last_seq FROM inbox_cursor")
    ):
        counts[consumer, source, _slot(aggregate_id)] += last
    for consumer, source, aggregate_id in connection.execute(
        sa.text(
            "SELECT consumer, source, aggregate_id FROM inbox"
            " WHERE finished_at IS NULL AND aggregate_id <> ''"
        )
    ):
        counts[consumer, source, _slot(aggregate_id)] += 1
    return counts


def _slot(aggregate_id: str) -> int:
    # As it was when this migration was written; a migration imports nothing that may move.
    return crc32(aggregate_id.encode()) % 64
