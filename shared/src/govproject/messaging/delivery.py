"""What a handler is given beside the event, and how it says "later"."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlmodel import Session

from govproject.contracts import Event
from govproject.errors import Unavailable
from govproject.messaging import outbox
from govproject.persistence.database import is_contended


class Delivery(NamedTuple):
    """Where an event comes from. `time` is its producer's, `now` the consumer's.

    `traceparent` names the span of this handling, within the trace of what caused the event.
    """

    event_id: UUID
    source: str
    aggregate_id: str
    aggregate_seq: int
    time: datetime
    request_id: str | None
    traceparent: str | None
    now: datetime

    def publish(self, session: Session, event: Event) -> UUID:
        """Append an event that follows from this one; it leaves with the handler's effects."""
        return outbox.append(
            session,
            event,
            now=self.now,
            request_id=self.request_id,
            traceparent=self.traceparent,
        )


Handler = Callable[[Session, Any, Delivery], None]
"""Applies one event within the session's transaction, which it neither commits nor rolls back.

Its effects and the events it appends are committed together with the mark that this event is done.
"""

Handlers = Mapping[type[Event], Handler]


class TransientError(Exception):
    """Raised by a handler that cannot apply an event yet: it is kept and tried again, in order."""


def is_transient(error: BaseException) -> bool:
    """True when trying again may help; any other error parks the event for an operator."""
    return isinstance(error, TransientError | Unavailable) or is_contended(error)
