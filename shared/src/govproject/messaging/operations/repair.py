"""What operators do to events. Each act is recorded in the transaction that carries it out.

An act that finds nothing to do changes nothing and is not recorded. A dry run answers what would
be affected, and works in a read-only transaction.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from pydantic import Field
from sqlalchemy import Row, select, update
from sqlmodel import Session

from govproject.errors import Conflict, NotFound
from govproject.fields import View
from govproject.ids import new_id
from govproject.messaging import outbox
from govproject.messaging.operations.kept import is_parked
from govproject.messaging.operations.selection import EventRef, Selection
from govproject.messaging.streams import CURSOR, INBOX, UNPLACED, Stream, Streams
from govproject.persistence.tables import EventAction, InboxState

logger = logging.getLogger(__name__)

_REF = [INBOX.c[name] for name in EventRef.model_fields]


Act = Literal["replay", "skip", "republish"]


class Order(NamedTuple):
    """On whose word something is done, or in a dry run only told."""

    actor: str
    reason: str | None
    now: datetime
    dry_run: bool = False


class Affected(View):
    """What an act befell, or in a dry run would befall."""

    action: Act = Field(description="操作")
    dry_run: bool = Field(description="true 表示只是试算，没有改变任何内容")
    action_id: UUID | None = Field(description="操作记录编号；没有改变任何内容时为空")
    events: list[EventRef] = Field(description="受影响的事件")


def replay(session: Session, consumer: str, selection: Selection, order: Order) -> Affected:
    """Let parked events be tried again, under their own ids; the events behind them follow.

    Args:
        session: a write transaction; in a dry run any.
        consumer: the service's name.
        selection: which of its parked events.
        order: for the record.

    Raises:
        NotFound: `event_not_parked`, one of the ids is not parked; nothing is done.
    """
    those = (*is_parked(consumer), *selection.where(INBOX, INBOX.c.received_at))
    rows = session.execute(
        select(*_REF).where(*those)
        if order.dry_run
        else update(INBOX)
        .where(*those)
        .values(state=InboxState.DEFERRED, error=None, unfinished=0)
        .returning(*_REF)
    ).all()
    _require_ids(selection, rows)
    return _record(session, "replay", _refs(rows), selection, order)


def skip(session: Session, consumer: str, selection: Selection, order: Order) -> Affected:
    """Pass over parked events for good; the events behind them follow.

    Args:
        session: a write transaction; in a dry run any.
        consumer: the service's name.
        selection: which of its parked events.
        order: for the record; its reason, why they need not take effect, is kept with each event.

    Raises:
        NotFound: `event_not_parked`, one of the ids is not parked; nothing is done.
        Conflict: `event_not_next`, an earlier event of a stream is missing; nothing is done.
    """
    those = (*is_parked(consumer), *selection.where(INBOX, INBOX.c.received_at))
    query = select(*_REF, INBOX.c.aggregate_type).where(*those).order_by(INBOX.c.aggregate_seq)
    rows = session.execute(query).all()
    concerned = {_stream(row) for row in rows if row.aggregate_seq != UNPLACED}
    streams = Streams(session, consumer)
    if order.dry_run:
        cursors = _cursors(session, consumer, concerned)
    else:
        cursors = streams.lock(concerned) if concerned else {}
        # Only now does nobody else move these streams: what was read before may be over.
        rows = [
            row
            for row in session.execute(query).all()
            if row.aggregate_seq == UNPLACED or _stream(row) in cursors
        ]
    _require_ids(selection, rows)
    moved: dict[Stream, int] = {}
    for row in rows:
        if row.aggregate_seq != UNPLACED:
            stream = _stream(row)
            if row.aggregate_seq != moved.get(stream, cursors[stream]) + 1:
                raise Conflict(
                    "event_not_next",
                    f"事件 {row.event_id} 之前还有未处理的事件，不能先行跳过。",
                    event_id=str(row.event_id),
                )
            moved[stream] = row.aggregate_seq
    if not order.dry_run:
        streams.move(moved)
        for row in rows:
            streams.conclude(row.source, row.event_id, InboxState.SKIPPED, order.reason)
    return _record(session, "skip", _refs(rows), selection, order)


def republish(session: Session, source: str, selection: Selection, order: Order) -> Affected:
    """Send published events again, as far as the outbox still has them.

    Consumers drop what they have received already. This repairs a queue that was lost.

    Args:
        session: a write transaction of the producer; in a dry run any.
        source: the producer's name.
        selection: which of its events; times refer to when they were written.
        order: for the record.

    Raises:
        NotFound: `event_not_published`, one of the ids is not here or has yet to leave; nothing is
            done.
    """
    those = selection.where(outbox.TABLE, outbox.TABLE.c.created_at)
    rows = outbox.republish(session, *those, dry_run=order.dry_run)
    if unknown := set(selection.ids) - {row.event_id for row in rows}:
        raise NotFound(
            "event_not_published",
            "发件箱中没有这些编号的已发布事件。",
            event_ids=sorted(map(str, unknown)),
        )
    refs = [EventRef(source=source, **row._asdict()) for row in rows]
    return _record(session, "republish", refs, selection, order)


def _record(
    session: Session, action: Act, events: list[EventRef], selection: Selection, order: Order
) -> Affected:
    action_id = None
    if events and not order.dry_run:
        action_id = new_id()
        session.add(
            EventAction(
                id=action_id,
                at=order.now,
                actor=order.actor,
                action=action,
                reason=order.reason,
                selection=selection.model_dump(mode="json", exclude_defaults=True),
                events=[str(event.event_id) for event in events],
            )
        )
        session.flush()
        logger.warning("%s of %d events by %s: %s", action, len(events), order.actor, order.reason)
    return Affected(action=action, dry_run=order.dry_run, action_id=action_id, events=events)


def _refs(rows: Sequence[Row[Any]]) -> list[EventRef]:
    refs = [EventRef.model_validate(row._mapping, extra="ignore") for row in rows]  # noqa: SLF001  # SQLAlchemy's public name for it
    return sorted(refs, key=lambda ref: (ref.source, ref.aggregate_id, ref.aggregate_seq))


def _require_ids(selection: Selection, rows: Sequence[Row[Any]]) -> None:
    if unknown := set(selection.ids) - {row.event_id for row in rows}:
        raise NotFound(
            "event_not_parked",
            "没有这些编号的搁置事件。",
            event_ids=sorted(map(str, unknown)),
        )


def _stream(row: Row[Any]) -> Stream:
    return Stream(row.source, row.aggregate_type, row.aggregate_id)


def _cursors(session: Session, consumer: str, streams: set[Stream]) -> dict[Stream, int]:
    rows = session.execute(
        select(*(CURSOR.c[field] for field in Stream._fields), CURSOR.c.last_seq).where(
            CURSOR.c.consumer == consumer,
            CURSOR.c.aggregate_id.in_({stream.aggregate_id for stream in streams}),
        )
    )
    return dict.fromkeys(streams, 0) | {Stream(*stream): last for *stream, last in rows}
