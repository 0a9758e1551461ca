"""What a consumer has parked, with its content, page by page."""

import json
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import Field
from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlmodel import Session

from govproject.messaging.operations.selection import EventRef, Filter
from govproject.messaging.streams import INBOX, Stream
from govproject.persistence.tables import InboxState

_MAX_BODY = 65_536


class ParkedEvent(EventRef):
    """An event that waits for an operator."""

    reason: str | None = Field(description="搁置原因")
    attempts: int = Field(description="已尝试次数")
    received_at: datetime = Field(description="收到时间")
    age_seconds: float = Field(description="收到后经过的秒数")
    waiting: int = Field(description="同一项目中排在其后等待的事件数")
    headers: dict[str, str] = Field(description="消息头；不可见字符写成转义")
    body: str = Field(description="消息体，至多65536个字符；不可见字符写成转义")
    body_bytes: int = Field(description="消息体的完整字节数")


class Place(NamedTuple):
    """Where a page ends: the key of its last event."""

    received_at: datetime
    source: str
    event_id: UUID


def is_parked(consumer: str) -> tuple[ColumnElement[bool], ...]:
    """The conditions that an inbox row waits for an operator."""
    return (
        INBOX.c.consumer == consumer,
        INBOX.c.finished_at.is_(None),
        INBOX.c.state == InboxState.PARKED,
    )


def parked(
    session: Session,
    consumer: str,
    wanted: Filter,
    *,
    limit: int,
    after: Place | None = None,
) -> tuple[list[ParkedEvent], Place | None]:
    """Parked events, those that came first in front.

    Args:
        session: where to read.
        consumer: the service's name.
        wanted: which ones; times refer to the receipt.
        limit: how many at most.
        after: where the page before ended.

    Returns:
        The events, and where this page ends; None when it is the last one.
    """
    behind = INBOX.alias()
    waiting = (
        select(func.count())
        .select_from(behind)
        .where(
            behind.c.consumer == INBOX.c.consumer,
            behind.c.finished_at.is_(None),
            *(behind.c[field] == INBOX.c[field] for field in Stream._fields),
            behind.c.aggregate_seq > INBOX.c.aggregate_seq,
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(INBOX, waiting.label("waiting"))
        .where(
            *is_parked(consumer),
            *wanted.where(INBOX, INBOX.c.received_at),
            *([] if after is None else [_beyond(after)]),
        )
        .order_by(INBOX.c.received_at, INBOX.c.source, INBOX.c.event_id)
        .limit(limit + 1)
    ).all()
    page = rows[:limit]
    now = datetime.now(UTC)
    last = Place(page[-1].received_at, page[-1].source, page[-1].event_id) if page else None
    return [_shown(row, now) for row in page], last if len(rows) > limit else None


def readable(text: str) -> str:
    """Text that is safe to show, to store and to send: what is not visible is escaped."""
    return "".join(
        each
        if each.isprintable() or each in "\n\t\u3000"
        else each.encode("unicode_escape").decode()
        for each in text
    )


def _beyond(place: Place) -> ColumnElement[bool]:
    moment, source, event_id = INBOX.c.received_at, INBOX.c.source, INBOX.c.event_id
    return or_(
        moment > place.received_at,
        and_(moment == place.received_at, source > place.source),
        and_(moment == place.received_at, source == place.source, event_id > place.event_id),
    )


def _shown(row: Row[Any], now: datetime) -> ParkedEvent:
    text = row.body.decode(errors="backslashreplace")
    return ParkedEvent(
        event_id=row.event_id,
        source=row.source,
        aggregate_id=row.aggregate_id,
        aggregate_seq=row.aggregate_seq,
        type=row.type,
        reason=None if row.error is None else readable(row.error),
        attempts=row.attempts,
        received_at=row.received_at,
        age_seconds=(now - row.received_at).total_seconds(),
        waiting=row.waiting,
        headers={readable(name): _value(value) for name, value in row.headers.items()},
        body=readable(text[:_MAX_BODY]),
        body_bytes=len(row.body),
    )


def _value(value: Any) -> str:
    return readable(value) if isinstance(value, str) else json.dumps(value)
