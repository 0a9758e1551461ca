"""How complete and how old is what acceptance knows of a project (0004)."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.messaging import inbox, knowing

_CONSUMER = "acceptance"
SOURCES = ("intake", "review", "archive")
"""Whose events decide on a meeting; knowledge is as old as the oldest of the three."""


def of(session: Session, context: Context, project_id: UUID) -> dict[str, object]:
    """What waits about the project, and the age of what is known; None while never heard."""
    sources = knowing.of(session, _CONSUMER, SOURCES, context.now())
    ages = [source.age_minutes for source in sources]
    return {
        "backlog": inbox.backlog(session, _CONSUMER, str(project_id)),
        "knowledge_age_minutes": (
            None if None in ages else max(age for age in ages if age is not None)
        ),
        "knowledge_max_age_minutes": context.settings.knowledge_max_age_hours * 60,
    }
