"""Do the books of one service agree with themselves.

No committed transaction leaves them at odds, whatever is in flight: what is found here was done
from outside, such as by a hand in the tables.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pydantic import Field
from sqlalchemy import Select, and_, func, select
from sqlmodel import Session

from govproject.fields import View
from govproject.messaging import outbox
from govproject.messaging.receiving import REMEMBERED
from govproject.messaging.streams import CURSOR, INBOX, TALLY, UNPLACED, Stream
from govproject.messaging.topology import slot
from govproject.persistence.tables import OutboxStream, RelaySlot, core
from govproject.terms import Term

_OUTBOX = outbox.TABLE
_WRITTEN = core(OutboxStream)
_SLOT = core(RelaySlot)

_SHOWN = 1000


class Fault(Term):
    """What can be wrong with a service's own books."""

    KEPT_AND_FINAL = "kept_and_final", "事件仍在等待，但其序号已记为处理完毕"
    FINAL_BEYOND_CURSOR = "final_beyond_cursor", "事件已处理完毕，但其序号尚未记为处理完毕"
    RECEIVED_COUNT = "received_count", "收到事件的计数与实际不符"
    PUBLISHED_COUNT = "published_count", "已发布事件的计数与实际不符"
    BEYOND_STREAM = "beyond_stream", "发件箱中事件的序号大于已发出的最大序号"
    GAP = "gap", "发件箱中缺少事件"


class Discrepancy(View):
    """Two entries of the books that do not agree."""

    fault: Fault = Field(description="问题代码")
    meaning: str = Field(description="问题说明")
    source: str | None = Field(default=None, description="发布方")
    aggregate_id: str | None = Field(default=None, description="项目编号")
    slot: int | None = Field(default=None, description="分区号（0至63）")
    expected: int = Field(description="应为")
    found: int = Field(description="实为")


class Books(View):
    """What the examination of one service found."""

    service: str = Field(description="服务")
    written: int = Field(description="检查的发出事件流数")
    received: int = Field(description="检查的收到事件流数")
    total: int = Field(description="问题总数")
    discrepancies: list[Discrepancy] = Field(description="问题，至多列出1000个")


def received(session: Session, consumer: str) -> dict[Stream, int]:
    """The cursors of a consumer."""
    rows = session.execute(
        select(*(CURSOR.c[field] for field in Stream._fields), CURSOR.c.last_seq).where(
            CURSOR.c.consumer == consumer
        )
    )
    return {Stream(*stream): last for *stream, last in rows}


def kept(session: Session, consumer: str) -> dict[Stream, set[int]]:
    """The numbers that wait in each stream of a consumer."""
    rows = session.execute(
        select(*(INBOX.c[field] for field in Stream._fields), INBOX.c.aggregate_seq).where(
            INBOX.c.consumer == consumer,
            INBOX.c.finished_at.is_(None),
            INBOX.c.aggregate_seq != UNPLACED,
        )
    )
    numbers: defaultdict[Stream, set[int]] = defaultdict(set)
    for *stream, number in rows:
        numbers[Stream(*stream)].add(number)
    return numbers


def written(session: Session, source: str) -> dict[Stream, int]:
    """The last number of each stream of a producer."""
    rows = session.execute(
        select(_WRITTEN.c.aggregate_type, _WRITTEN.c.aggregate_id, _WRITTEN.c.last_seq)
    )
    return {Stream(source, *stream): last for *stream, last in rows}


def verify(session: Session, service: str, *, now: datetime) -> Books:
    """Examine a service's own books.

    Args:
        session: one snapshot.
        service: its name, as producer and as consumer.
        now: the moment, by the service's clock.
    """
    cursors, streams = received(session, service), written(session, service)
    found = [
        *_misplaced(session, service),
        *_received_counts(session, service, cursors),
        *_published_counts(session, streams),
        *_beyond(session),
        *_gaps(session, now - REMEMBERED),
    ]
    return Books(
        service=service,
        written=len(streams),
        received=len(cursors),
        total=len(found),
        discrepancies=found[:_SHOWN],
    )


def _found(fault: Fault, **details: Any) -> Discrepancy:
    return Discrepancy(fault=fault, meaning=fault.zh, **details)


def _misplaced(session: Session, consumer: str) -> Iterator[Discrepancy]:
    """Events on the wrong side of their cursor."""
    last = func.coalesce(CURSOR.c.last_seq, 0)
    query = (
        select(INBOX.c.source, INBOX.c.aggregate_id, INBOX.c.aggregate_seq, last)
        .outerjoin(
            CURSOR,
            and_(
                CURSOR.c.consumer == INBOX.c.consumer,
                *(CURSOR.c[field] == INBOX.c[field] for field in Stream._fields),
            ),
        )
        .where(INBOX.c.consumer == consumer, INBOX.c.aggregate_seq != UNPLACED)
    )
    behind = query.where(INBOX.c.finished_at.is_(None), INBOX.c.aggregate_seq <= last)
    beyond = query.where(INBOX.c.finished_at.is_not(None), INBOX.c.aggregate_seq > last)
    for fault, rows in ((Fault.KEPT_AND_FINAL, behind), (Fault.FINAL_BEYOND_CURSOR, beyond)):
        for source, aggregate_id, number, cursor in session.execute(rows):
            yield _found(
                fault, source=source, aggregate_id=aggregate_id, expected=number, found=cursor
            )


def _received_counts(
    session: Session, consumer: str, cursors: dict[Stream, int]
) -> Iterator[Discrepancy]:
    expected: Counter[tuple[str, int]] = Counter()
    for stream, last in cursors.items():
        expected[stream.source, slot(stream.aggregate_id)] += last
    for stream, numbers in kept(session, consumer).items():
        expected[stream.source, slot(stream.aggregate_id)] += len(numbers)
    rows = session.execute(
        select(TALLY.c.source, TALLY.c.slot, TALLY.c.received).where(TALLY.c.consumer == consumer)
    )
    counted = Counter({(source, number): received for source, number, received in rows})
    for source, number in sorted(expected.keys() | counted.keys()):
        should, is_ = expected[source, number], counted[source, number]
        if should != is_:
            yield _found(
                Fault.RECEIVED_COUNT, source=source, slot=number, expected=should, found=is_
            )


def _published_counts(session: Session, streams: dict[Stream, int]) -> Iterator[Discrepancy]:
    expected: Counter[int] = Counter()
    for stream, last in streams.items():
        expected[slot(stream.aggregate_id)] += last
    unpublished = session.execute(
        select(_OUTBOX.c.slot, func.count())
        .where(_OUTBOX.c.published_at.is_(None))
        .group_by(_OUTBOX.c.slot)
    )
    for number, count in unpublished:
        expected[number] -= count
    counted = {row.slot: row.published for row in session.execute(select(_SLOT))}
    for number in sorted(expected.keys() | counted.keys()):
        should, is_ = expected[number], counted.get(number, 0)
        if should != is_:
            yield _found(Fault.PUBLISHED_COUNT, slot=number, expected=should, found=is_)


def _outbox_with_streams(*columns: Any) -> Select[Any]:
    return select(*columns).outerjoin(
        _WRITTEN,
        and_(
            _WRITTEN.c.aggregate_type == _OUTBOX.c.aggregate_type,
            _WRITTEN.c.aggregate_id == _OUTBOX.c.aggregate_id,
        ),
    )


def _beyond(session: Session) -> Iterator[Discrepancy]:
    last = func.coalesce(_WRITTEN.c.last_seq, 0)
    rows = session.execute(
        _outbox_with_streams(_OUTBOX.c.aggregate_id, _OUTBOX.c.aggregate_seq, last).where(
            _OUTBOX.c.aggregate_seq > last
        )
    )
    for aggregate_id, number, known in rows:
        yield _found(Fault.BEYOND_STREAM, aggregate_id=aggregate_id, expected=known, found=number)


def _gaps(session: Session, since: datetime) -> Iterator[Discrepancy]:
    """Streams that lack an event written after `since`: none of those can have been purged."""
    first = (
        select(
            _OUTBOX.c.aggregate_type,
            _OUTBOX.c.aggregate_id,
            func.min(_OUTBOX.c.aggregate_seq).label("number"),
        )
        .where(_OUTBOX.c.created_at > since)
        .group_by(_OUTBOX.c.aggregate_type, _OUTBOX.c.aggregate_id)
        .subquery()
    )
    expected = _WRITTEN.c.last_seq - first.c.number + 1
    rows = session.execute(
        _outbox_with_streams(_OUTBOX.c.aggregate_id, expected, func.count())
        .join(
            first,
            and_(
                first.c.aggregate_type == _OUTBOX.c.aggregate_type,
                first.c.aggregate_id == _OUTBOX.c.aggregate_id,
                first.c.number <= _OUTBOX.c.aggregate_seq,
            ),
        )
        .group_by(
            _OUTBOX.c.aggregate_type,
            _OUTBOX.c.aggregate_id,
            first.c.number,
            _WRITTEN.c.last_seq,
        )
        .having(func.count() < expected)
    )
    for aggregate_id, should, is_ in rows:
        yield _found(Fault.GAP, aggregate_id=aggregate_id, expected=should, found=is_)
