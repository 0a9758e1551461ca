"""How complete and how old is what review knows of a project (0004)."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.messaging import inbox, knowing

_CONSUMER = "review"
SOURCES = ("intake",)
"""Whose events decide on an approval."""


def waiting(session: Session, project_ids: Sequence[UUID]) -> int:
    """How many events about projects wait here, parked ones among them."""
    return inbox.backlog(session, _CONSUMER, *map(str, project_ids))


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
