"""How old what a service knows of others is, in words that people read."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
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


def of(session: Session, context: Context) -> list[Knowledge]:
    """What the service knows of each source that it follows."""
    seen = knowledge(session, context.service)
    return [_known(source, seen.get(source), context.now()) for source in context.follows]


def oldest(known: Sequence[Knowledge]) -> int | None:
    """How old knowledge is: as old as the oldest source; None while one was never heard."""
    ages = [source.age_minutes for source in known if source.age_minutes is not None]
    return max(ages) if len(ages) == len(known) else None


def about(session: Session, context: Context, project_id: UUID) -> KnowledgeFacts:
    """What waits about a project, and the age of what is known."""
    return {
        "backlog": waiting(session, context, project_id),
        "knowledge_age_minutes": oldest(of(session, context)),
        "knowledge_max_age_minutes": context.settings.knowledge_max_age_hours * 60,
    }


def waiting(session: Session, context: Context, *project_ids: UUID) -> int:
    """How many events about projects have arrived and not taken effect; one may be parked."""
    return inbox.backlog(session, context.service, *map(str, project_ids))


def _known(source: str, as_of: datetime | None, now: datetime) -> Knowledge:
    if as_of is None or as_of > now + AHEAD:
        age = None  # never heard, or the own clock was set back: it cannot be told
    else:
        age = max(0, int((now - as_of).total_seconds() // 60))
    return Knowledge(source=source, as_of=as_of, age_minutes=age)
