"""How old what a service knows of others is, in words that people read."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from govproject.fields import View
from govproject.messaging.heartbeat import AHEAD
from govproject.messaging.watermark import knowledge


class Knowledge(View):
    """How old knowledge is: all that `source` committed before `as_of` is known here."""

    source: str
    as_of: datetime | None
    age_minutes: int | None


def of(session: Session, consumer: str, sources: Sequence[str], now: datetime) -> list[Knowledge]:
    """What a consumer knows of each source.

    Args:
        session: one snapshot.
        consumer: the service's name.
        sources: whom it follows.
        now: the moment, by the service's clock.
    """
    seen = knowledge(session, consumer)
    return [_known(source, seen.get(source), now) for source in sources]


def _known(source: str, as_of: datetime | None, now: datetime) -> Knowledge:
    if as_of is None or as_of > now + AHEAD:
        age = None  # never heard, or the own clock was set back: it cannot be told
    else:
        age = max(0, int((now - as_of).total_seconds() // 60))
    return Knowledge(source=source, as_of=as_of, age_minutes=age)
