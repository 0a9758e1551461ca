"""How complete and how old is what acceptance knows of a project (0004)."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.messaging import knowing

_CONSUMER = "acceptance"
SOURCES = ("intake", "review", "archive")
"""Whose events decide on a meeting; knowledge is as old as the oldest of the three."""


def of(session: Session, context: Context, project_id: UUID) -> knowing.KnowledgeFacts:
    """What waits about the project, and the age of what is known; None while never heard."""
    return knowing.about(
        session,
        _CONSUMER,
        SOURCES,
        project_id,
        now=context.now(),
        max_age_hours=context.settings.knowledge_max_age_hours,
    )
