"""Events leave a service with the transaction that caused them, or not at all.

`append` is all that handlers need. The rest is the relay's: what is due, and what became of it.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Dialect, bindparam, delete, exists, func, select, update
from sqlmodel import Session

from govproject.contracts import Event
from govproject.ids import new_id
from govproject.messaging import topology
from govproject.messaging.envelope import Envelope, type_of
from govproject.messaging.heartbeat import Heartbeat
from govproject.messaging.windows import Window, passing
from govproject.persistence.sql import Prepared, among, insert_on
from govproject.persistence.tables import Outbox, OutboxStream, RelaySlot, core

_OUTBOX = core(Outbox)
_STREAM = core(OutboxStream)
_SLOT = core(RelaySlot)
_FIRST_DELAY = timedelta(milliseconds=500)
_LONGEST_DELAY = timedelta(minutes=1)
_APPENDED = "govproject_appended"


class Row(NamedTuple):
    """A message ready to be sent."""

    seq: int
    event_id: UUID
    aggregate_type: str
    aggregate_id: str
    type: str
    routing_key: str
    headers: Mapping[str, Any]
    body: bytes
    attempts: int


def append(
    session: Session,
    event: Event,
    *,
    now: datetime,
    request_id: str | None = None,
    traceparent: str | None = None,
) -> UUID:
    """Write an event to the outbox, as the next one of its stream.

    Args:
        session: the transaction of what the event reports.
        event: the fact; its JSON is frozen here.
        now: the moment, by the service's clock.
        request_id: the request that caused it.
        traceparent: the W3C trace it belongs to.

    Returns:
        The event's id.
    """
    prepared = _prepared(session.get_bind().dialect)
    stream = {"aggregate_type": event.aggregate_type, "aggregate_id": event.aggregate_id}
    # The upsert locks the stream until the commit, so `seq` and `aggregate_seq` agree on the order.
    [(number,)] = prepared.number.rows(session, **stream)
    envelope = Envelope(
        event_id=new_id(),
        source=event.source,
        ce_type=type_of(event),
        aggregate_seq=number,
        time=now,
        body=event.model_dump_json().encode(),
        request_id=request_id,
        traceparent=traceparent,
        **stream,
    )
    slot = topology.slot(event.aggregate_id)
    prepared.add.for_each(
        session,
        [
            {
                **stream,
                "event_id": envelope.event_id,
                "slot": slot,
                "aggregate_seq": number,
                "type": envelope.ce_type,
                "version": event.version,
                "routing_key": topology.routing_key(event.name, event.version, slot),
                "headers": envelope.headers(),
                "body": envelope.body,
                "created_at": now,
                "attempts": 0,
                "next_attempt": None,
            }
        ],
    )
    session.info[_APPENDED] = True
    passing(Window.APPENDED)
    return envelope.event_id


def has_appended(session: Session) -> bool:
    """Whether the transaction, open or ended, wrote an event: the relay is to look for it."""
    return _APPENDED in session.info


def due(session: Session, slots: Collection[int], limit: int) -> list[Row]:
    """The oldest unpublished events of these slots, without those of streams held back."""
    now = _host_time()
    rows = _prepared(session.get_bind().dialect).due.rows(
        session, slots=sorted(slots), now=now, beyond=now + 2 * _LONGEST_DELAY, limit=limit
    )
    return [Row(*row) for row in rows]


def settle(session: Session, confirmed: Collection[int], failed: Mapping[int, int]) -> None:
    """Record what the broker said.

    Args:
        session: a write transaction.
        confirmed: the `seq` of each event that the broker has taken over.
        failed: `seq` to attempts so far of each event that it has not; its stream waits a while.
    """
    now = _host_time()
    if confirmed:
        # Another relay may have been here before, if this one was paused: each is counted once.
        marked = _prepared(session.get_bind().dialect).mark.rows(
            session, confirmed=sorted(confirmed), now=now
        )
        _count(session, Counter(slot for (slot,) in marked))
    for seq, attempts in failed.items():
        delay = min(_FIRST_DELAY * 2 ** min(attempts, 10), _LONGEST_DELAY)
        session.execute(
            update(_OUTBOX)
            .where(_OUTBOX.c.seq == seq)
            .values(attempts=attempts + 1, next_attempt=now + delay)
        )


def heartbeat(session: Session, now: datetime) -> Heartbeat:
    """What can be vouched for: all that is not waiting here has been confirmed by the broker.

    Args:
        session: a snapshot taken after `now`.
        now: the moment, by the service's clock.
    """
    # What is not visible yet commits after `now`. What is visible and unpublished was written at
    # `created_at` and committed later than that.
    oldest = session.execute(
        select(func.min(_OUTBOX.c.created_at)).where(_OUTBOX.c.published_at.is_(None))
    ).scalar_one()
    published = session.execute(select(_SLOT.c.published).order_by(_SLOT.c.slot)).scalars()
    return Heartbeat(now if oldest is None else min(now, oldest), tuple(published))


def purge(session: Session, older_than: timedelta, limit: int) -> int:
    """Delete up to `limit` events published longer ago than that; returns how many."""
    old = (
        select(_OUTBOX.c.seq)
        .where(
            _OUTBOX.c.published_at.is_not(None),
            _OUTBOX.c.published_at < _host_time() - older_than,
        )
        .limit(limit)
    )
    return session.connection().execute(delete(_OUTBOX).where(_OUTBOX.c.seq.in_(old))).rowcount


def _count(session: Session, published: Counter[int]) -> None:
    if published:
        _prepared(session.get_bind().dialect).tally.for_each(
            session,
            # Sorted, so that two relays cannot wait for each other.
            [{"of_slot": slot, "more": count} for slot, count in sorted(published.items())],
        )


class _Prepared(NamedTuple):
    """What is said with every event."""

    number: Prepared
    add: Prepared
    due: Prepared
    mark: Prepared
    tally: Prepared


@lru_cache
def _prepared(dialect: Dialect) -> _Prepared:
    earlier = _OUTBOX.alias()
    held_back = exists().where(
        earlier.c.published_at.is_(None),
        earlier.c.next_attempt.is_not(None),
        earlier.c.next_attempt > bindparam("now"),
        # One far in the future was set before the host's clock was set back.
        earlier.c.next_attempt <= bindparam("beyond"),
        earlier.c.aggregate_id == _OUTBOX.c.aggregate_id,
        earlier.c.aggregate_type == _OUTBOX.c.aggregate_type,
        earlier.c.aggregate_seq <= _OUTBOX.c.aggregate_seq,
    )
    written = set(_OUTBOX.c.keys()) - {"seq", "published_at"}
    return _Prepared(
        number=Prepared(
            dialect,
            insert_on(dialect, _STREAM)
            .values(
                aggregate_type=bindparam("aggregate_type"),
                aggregate_id=bindparam("aggregate_id"),
                last_seq=1,
            )
            .on_conflict_do_update(
                index_elements=[_STREAM.c.aggregate_type, _STREAM.c.aggregate_id],
                set_={"last_seq": _STREAM.c.last_seq + 1},
            )
            .returning(_STREAM.c.last_seq),
        ),
        add=Prepared(
            dialect,
            _OUTBOX.insert().values({name: bindparam(name) for name in sorted(written)}).inline(),
        ),
        due=Prepared(
            dialect,
            select(*(_OUTBOX.c[name] for name in Row._fields))
            .where(
                _OUTBOX.c.published_at.is_(None),
                among(dialect, _OUTBOX.c.slot, "slots"),
                ~held_back,
            )
            .order_by(_OUTBOX.c.seq)
            .limit(bindparam("limit")),
        ),
        mark=Prepared(
            dialect,
            update(_OUTBOX)
            .where(among(dialect, _OUTBOX.c.seq, "confirmed"), _OUTBOX.c.published_at.is_(None))
            .values(published_at=bindparam("now"))
            .returning(_OUTBOX.c.slot),
        ),
        tally=Prepared(
            dialect,
            update(_SLOT)
            .where(_SLOT.c.slot == bindparam("of_slot"))
            .values(published=_SLOT.c.published + bindparam("more")),
        ),
    )


def _host_time() -> datetime:
    return datetime.now(UTC)


class Published(NamedTuple):
    """An event that has left."""

    event_id: UUID
    aggregate_id: str
    aggregate_seq: int
    type: str


TABLE = _OUTBOX


def republish(
    session: Session, *conditions: ColumnElement[bool], dry_run: bool = False
) -> list[Published]:
    """Have published events sent again; they count as published only once that is done.

    Args:
        session: a write transaction; in a dry run any.
        conditions: on `TABLE`, which ones.
        dry_run: change nothing.

    Returns:
        What is, or would be, sent again, in the order of writing.
    """
    columns = (_OUTBOX.c.seq, _OUTBOX.c.slot, *(_OUTBOX.c[name] for name in Published._fields))
    those = (_OUTBOX.c.published_at.is_not(None), *conditions)
    rows = session.execute(
        select(*columns).where(*those)
        if dry_run
        else update(_OUTBOX)
        .where(*those)
        .values(published_at=None, attempts=0, next_attempt=None)
        .returning(*columns)
    ).all()
    if not dry_run:
        fewer = Counter(row.slot for row in rows)
        _count(session, Counter({slot: -count for slot, count in fewer.items()}))
    return [Published(*row[2:]) for row in sorted(rows, key=lambda row: row.seq)]
