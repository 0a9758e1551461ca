"""How old what a service knows of others is, in words that people read."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from sqlmodel import Session

from govproject.fields import View
from govproject.messaging import inbox
from govproject.messaging.heartbeat import AHEAD
from govproject.messaging.watermark import knowledge


class Knowledge(View):
    """How old knowledge is: all that `source` committed before `as_of` is known here."""

    source: str
    as_of: datetime | None
    age_minutes: int | None


class KnowledgeFacts(TypedDict):
    """What a gate is told of how complete and how old its facts of a project are (0004)."""

    backlog: int
    knowledge_age_minutes: int | None
    knowledge_max_age_minutes: int


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


def about(
    session: Session,
    consumer: str,
    sources: Sequence[str],
    project_id: UUID,
    *,
    now: datetime,
    max_age_hours: int,
) -> KnowledgeFacts:
    """What waits about a project, and the age of what is known; None while never heard.

    Knowledge is as old as the oldest source.
    """
    ages = [source.age_minutes for source in of(session, consumer, sources, now)]
    return {
        "backlog": inbox.backlog(session, consumer, str(project_id)),
        "knowledge_age_minutes": (
            None if None in ages else max(age for age in ages if age is not None)
        ),
        "knowledge_max_age_minutes": max_age_hours * 60,
    }


def _known(source: str, as_of: datetime | None, now: datetime) -> Knowledge:
    if as_of is None or as_of > now + AHEAD:
        age = None  # never heard, or the own clock was set back: it cannot be told
    else:
        age = max(0, int((now - as_of).total_seconds() // 60))
    return Knowledge(source=source, as_of=as_of, age_minutes=age)
