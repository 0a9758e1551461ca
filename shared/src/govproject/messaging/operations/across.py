"""Does a consumer have what a producer has written: two databases that no transaction spans.

What differs is either on its way, or comes from outside: a lost queue, a restored database.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session

from govproject.fields import View
from govproject.messaging import outbox
from govproject.messaging.operations import books
from govproject.messaging.streams import Stream

T = TypeVar("T")

_OUTBOX = outbox.TABLE

GRACE = timedelta(minutes=2)
"""How long an event may be on its way before it counts as lost."""
_CHUNK = 500


class Lost(View):
    """An event that left its producer and never came to a consumer."""

    aggregate_id: str
    aggregate_seq: int
    event_id: UUID | None
    """None when the producer's outbox no longer has it: it cannot be published again."""
    type: str | None
    published_at: datetime | None


class Ahead(View):
    """A stream of which a consumer knows more than its producer, whose database was restored."""

    aggregate_id: str
    written: int
    received: int


class Comparison(View):
    """What one consumer has of one producer."""

    source: str
    consumer: str
    streams: int
    lost: list[Lost]
    ahead: list[Ahead]
    waiting: int
    """Events that have yet to leave or may still be on their way."""
    kept: int
    """Events that have arrived and not taken effect."""

    @property
    def is_whole(self) -> bool:
        """True when nothing is lost, and nobody knows more than the producer."""
        return not self.lost and not self.ahead


class _Line(NamedTuple):
    aggregate_type: str
    aggregate_id: str
    aggregate_seq: int
    event_id: UUID
    type: str
    published_at: datetime | None


def compare(
    producer: Session,
    follower: Session,
    *,
    source: str,
    consumer: str,
    grace: timedelta = GRACE,
) -> Comparison:
    """Compare what a producer has written with what a consumer has received.

    Args:
        producer: a fresh snapshot of the producer, not read from yet.
        follower: a fresh snapshot of the consumer, not read from yet.
        source: the producer's name.
        consumer: the consumer's name.
        grace: how long an event may be on its way.
    """
    # The consumer first: what leaves the producer in between is merely on its way.
    now = datetime.now(UTC)
    cursors = _of(source, books.received(follower, consumer))
    kept = _of(source, books.kept(follower, consumer))
    written = books.written(producer, source)
    absent: dict[Stream, list[int]] = {}
    ahead: list[Ahead] = []
    for stream in sorted(written.keys() | cursors.keys() | kept.keys()):
        last, here = written.get(stream, 0), kept.get(stream, set())
        known = cursors.get(stream, 0)
        if missing := sorted(set(range(known + 1, last + 1)) - here):
            absent[stream] = missing
        if (most := max(known, *here, 0)) > last:
            ahead.append(Ahead(aggregate_id=stream.aggregate_id, written=last, received=most))
    lost: list[Lost] = []
    waiting = 0
    lines = _lines(producer, list(absent))
    for stream, numbers in absent.items():
        for number in numbers:
            line = lines.get((stream, number))
            if line and (line.published_at is None or line.published_at > now - grace):
                waiting += 1
                continue
            lost.append(
                Lost(
                    aggregate_id=stream.aggregate_id,
                    aggregate_seq=number,
                    event_id=line and line.event_id,
                    type=line and line.type,
                    published_at=line and line.published_at,
                )
            )
    return Comparison(
        source=source,
        consumer=consumer,
        streams=len(written),
        lost=lost,
        ahead=ahead,
        waiting=waiting,
        kept=sum(map(len, kept.values())),
    )


def _of(source: str, streams: Mapping[Stream, T]) -> dict[Stream, T]:
    return {stream: each for stream, each in streams.items() if stream.source == source}


def _lines(session: Session, streams: list[Stream]) -> dict[tuple[Stream, int], _Line]:
    """What the outbox still has of these streams."""
    lines = {}
    for start in range(0, len(streams), _CHUNK):
        chunk = {stream.aggregate_id: stream for stream in streams[start : start + _CHUNK]}
        rows = session.execute(
            select(*(_OUTBOX.c[field] for field in _Line._fields)).where(
                _OUTBOX.c.aggregate_id.in_(chunk)
            )
        )
        for row in rows:
            line = _Line(*row)
            stream = chunk[line.aggregate_id]._replace(aggregate_type=line.aggregate_type)
            lines[stream, line.aggregate_seq] = line
    return lines
