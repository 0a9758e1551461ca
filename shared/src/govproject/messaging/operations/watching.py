"""What happens and what lags behind, as one service sees it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Row, func, select
from sqlmodel import Session

from govproject.fields import View
from govproject.messaging import outbox, watermark
from govproject.messaging.operations.kept import readable
from govproject.messaging.operations.selection import EventRef, Filter
from govproject.messaging.streams import INBOX

_OUTBOX = outbox.TABLE

# Transactions commit in another order than they take numbers and times: a look back finds those
# that were late.
_OVERLAP_SECONDS = timedelta(seconds=30)
_OVERLAP_NUMBERS = 1000


class Kept(View):
    """Events of one source that have arrived and not taken effect."""

    source: str = Field(description="发布方；空文本表示无法确认")
    state: str = Field(description="deferred 为等待前序事件或稍后重试，parked 为等待运维人员处理")
    events: int = Field(description="事件数")
    oldest_received_at: datetime = Field(description="其中最早收到的时间")


class Knowledge(View):
    """How old what this service knows of a source is."""

    source: str = Field(description="发布方")
    as_of: datetime | None = Field(description="此刻之前提交的事件均已收到；为空表示尚不知道")
    age_seconds: float | None = Field(description="距今秒数")
    missing: int = Field(description="已发布而尚未收到的事件数")


class Lag(View):
    """What has not left and what has not taken effect."""

    service: str = Field(description="服务")
    unpublished: int = Field(description="尚未发布的事件数")
    oldest_unpublished_at: datetime | None = Field(description="其中最早的产生时间")
    oldest_unpublished_seconds: float | None = Field(description="距今秒数")
    kept: list[Kept] = Field(description="已收到而尚未生效的事件")
    knowledge: list[Knowledge] = Field(description="对各发布方所知的新旧")


def lag(session: Session, service: str, *, now: datetime) -> Lag:
    """Count what waits.

    Args:
        session: one snapshot.
        service: its name, as producer and as consumer.
        now: the moment, by the service's clock.
    """
    unpublished, oldest = session.execute(
        select(func.count(), func.min(_OUTBOX.c.created_at)).where(_OUTBOX.c.published_at.is_(None))
    ).one()
    kept = session.execute(
        select(INBOX.c.source, INBOX.c.state, func.count(), func.min(INBOX.c.received_at))
        .where(INBOX.c.consumer == service, INBOX.c.finished_at.is_(None))
        # Not by source first, or SQLite reads the whole inbox.
        .group_by(INBOX.c.state, INBOX.c.source)
    )
    missing = watermark.missing(session, service)
    return Lag(
        service=service,
        unpublished=unpublished,
        oldest_unpublished_at=oldest,
        oldest_unpublished_seconds=_age(now, oldest),
        kept=[
            Kept(source=source, state=state, events=events, oldest_received_at=received)
            for source, state, events, received in sorted(kept.all())
        ],
        knowledge=[
            Knowledge(
                source=source, as_of=as_of, age_seconds=_age(now, as_of), missing=missing[source]
            )
            for source, as_of in sorted(watermark.knowledge(session, service).items())
        ],
    )


class Entry(EventRef):
    """An event that was written here, or that came here and what became of it."""

    at: datetime = Field(description="写入发件箱、生效或收到的时间")
    direction: Literal["written", "received"] = Field(description="发出或收到")
    state: str = Field(description="发出：published、unpublished；收到：收件箱中的状态")
    error: str | None = Field(description="未能生效的原因")


@dataclass(frozen=True, slots=True)
class Position:
    """How far somebody has read along."""

    seq: int
    at: datetime
    seen: frozenset[object]


@dataclass(frozen=True, slots=True)
class Tail:
    """Entries in the order of time, and from where to read on."""

    entries: list[Entry]
    position: Position
    complete: bool
    """False when there were more than asked for since the last position: only the newest are
    here."""


def tail(
    session: Session,
    service: str,
    wanted: Filter,
    *,
    limit: int,
    after: Position | None = None,
) -> Tail:
    """The newest events, written and received.

    An event that is kept and takes effect later comes twice, once for each.

    Args:
        session: one snapshot.
        service: its name, as producer and as consumer.
        wanted: which events; times refer to when an event was written or received.
        limit: how many of each direction at most.
        after: what was read already.
    """
    written = (
        select(_OUTBOX)
        .where(*wanted.where(_OUTBOX, _OUTBOX.c.created_at))
        .order_by(_OUTBOX.c.seq.desc())
        .limit(limit)
    )
    received = (
        select(INBOX)
        .where(INBOX.c.consumer == service, *wanted.where(INBOX, INBOX.c.received_at))
        .limit(limit)
    )
    finished = received.where(INBOX.c.finished_at.is_not(None)).order_by(INBOX.c.finished_at.desc())
    kept = received.where(INBOX.c.finished_at.is_(None)).order_by(INBOX.c.received_at.desc())
    if after is not None:
        since = after.at - _OVERLAP_SECONDS
        written = written.where(_OUTBOX.c.seq > after.seq - _OVERLAP_NUMBERS)
        finished = finished.where(INBOX.c.finished_at > since)
        kept = kept.where(INBOX.c.received_at > since)
    seen = frozenset() if after is None else after.seen
    written_rows = {row.seq: row for row in session.execute(written)}
    received_rows = [
        {(row.source, row.event_id, row.state): row for row in session.execute(query)}
        for query in (finished, kept)
    ]
    fresh = [
        [row for key, row in rows.items() if key not in seen]
        for rows in (written_rows, *received_rows)
    ]
    # Read backwards: of one moment the later one came first.
    entries = [
        *(_written(service, row) for row in reversed(fresh[0])),
        *(_received(row) for rows in fresh[1:] for row in reversed(rows)),
    ]
    entries.sort(key=lambda entry: entry.at)
    start = Position(0, datetime.now(UTC), seen) if after is None else after
    position = Position(
        seq=max(start.seq, *written_rows, 0),
        at=max([start.at, *(entry.at for entry in entries if entry.direction == "received")]),
        seen=frozenset().union(written_rows, *received_rows),
    )
    return Tail(entries, position, complete=all(len(rows) < limit for rows in fresh))


def _written(service: str, row: Row[Any]) -> Entry:
    return Entry(
        event_id=row.event_id,
        source=service,
        aggregate_id=row.aggregate_id,
        aggregate_seq=row.aggregate_seq,
        type=row.type,
        at=row.created_at,
        direction="written",
        state="unpublished" if row.published_at is None else "published",
        error=None,
    )


def _received(row: Row[Any]) -> Entry:
    return Entry(
        event_id=row.event_id,
        source=row.source,
        aggregate_id=row.aggregate_id,
        aggregate_seq=row.aggregate_seq,
        type=row.type,
        at=row.finished_at or row.received_at,
        direction="received",
        state=row.state,
        error=None if row.error is None else readable(row.error),
    )


def _age(now: datetime, then: datetime | None) -> float | None:
    return None if then is None else (now - then).total_seconds()
