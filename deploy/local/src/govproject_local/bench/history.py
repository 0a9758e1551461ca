"""Years of events that are long done: what a service's outbox and inbox hold when it is old."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import text

from govproject.ids import new_id
from govproject.messaging import topology
from govproject.messaging.streams import CURSOR, INBOX
from govproject.messaging.threads import in_thread
from govproject.persistence.database import Database
from govproject.persistence.tables import InboxState, Outbox, OutboxStream, core
from govproject_local.bench import messages
from govproject_local.bench.filling import groups

_OUTBOX = core(Outbox)
_STREAM = core(OutboxStream)
_TRANSACTION = 10_000
# Younger than what is purged: the run shall find it all there.
_SPAN = timedelta(days=5)


class History(NamedTuple):
    """A past of `size` events, spread evenly over streams that go on."""

    size: int
    streams: list[UUID]

    @property
    def each(self) -> int:
        """The number of the last event of each stream."""
        return self.size // len(self.streams)

    def going_on(self) -> list[UUID]:
        """The streams that get new events: as many for each size, from all over the past."""
        return self.streams[:: len(self.streams) // messages.STREAMS]


def past(size: int) -> History:
    """A past: ten events a stream, but never so few streams that a run finds less to do at once."""
    return History(size, messages.projects(max(messages.STREAMS, size // 10)))


async def write(url: str, history: History) -> None:
    """Write a past into an outbox and an inbox (of one database, to save a disk's time)."""
    db = Database(url)
    try:
        for some in groups(_events(history), _TRANSACTION):
            await in_thread(_insert, db, some)
        await in_thread(_finish, db, history)
    finally:
        db.dispose()


class _Event(NamedTuple):
    id: UUID
    like: messages.Message
    """Headers and body are of this one: nobody reads them again, only their size matters."""
    project: str
    number: int
    at: datetime


def _events(history: History) -> Iterator[_Event]:
    begin = datetime.now(UTC) - _SPAN
    like = messages.message(history.streams[0], 1)
    for index in range(history.size):
        project = history.streams[index % len(history.streams)]
        number = 1 + index // len(history.streams)
        at = begin + _SPAN * (index / history.size)
        yield _Event(new_id(), like, str(project), number, at)


def _insert(db: Database, events: list[_Event]) -> None:
    with db.write() as session:
        session.execute(_OUTBOX.insert(), [_sent(event) for event in events])
        session.execute(INBOX.insert(), [_received(event) for event in events])


def _sent(event: _Event) -> dict[str, Any]:
    return {
        "event_id": event.id,
        "slot": topology.slot(event.project),
        "aggregate_type": "project",
        "aggregate_id": event.project,
        "aggregate_seq": event.number,
        "type": messages.TYPE,
        "version": 1,
        "routing_key": event.like.routing_key,
        "headers": event.like.headers,
        "body": event.like.body,
        "created_at": event.at,
        "attempts": 0,
        "published_at": event.at,
    }


def _received(event: _Event) -> dict[str, Any]:
    return {
        "consumer": messages.CONSUMER,
        "source": messages.PRODUCER,
        "event_id": event.id,
        "aggregate_type": "project",
        "aggregate_id": event.project,
        "aggregate_seq": event.number,
        "type": messages.TYPE,
        "state": InboxState.DONE,
        "attempts": 1,
        "unfinished": 0,
        "received_at": event.at,
        "finished_at": event.at,
    }


def _finish(db: Database, history: History) -> None:
    for some in groups(history.streams, _TRANSACTION):
        streams = [
            {"aggregate_type": "project", "aggregate_id": str(one), "last_seq": history.each}
            for one in some
        ]
        reader = {"consumer": messages.CONSUMER, "source": messages.PRODUCER}
        with db.write() as session:
            session.execute(_STREAM.insert(), streams)
            session.execute(CURSOR.insert(), [stream | reader for stream in streams])
    if db.dialect == "postgresql":
        # The server does so by itself a minute after a change. SQLite never does, nor does the
        # library ask it to.
        with db.write() as session:
            session.execute(text("ANALYZE"))
