"""What the approval is told of projects on the same system, as intake told it (Art 25)."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.facts import RelatedProject, Result
from govproject.messaging import knowing
from govproject.terms import LinkState
from govproject_review import repository
from govproject_review.tables import ProjectLink


def known(session: Session, project_id: UUID) -> tuple[RelatedProject, ...]:
    """Those that are linked or may be, with their results; not those that the bureau dismissed."""
    return tuple(
        RelatedProject(
            project_name=link.related_name,
            results=(*link.results, *_later(session, link.related_id)),
            confirmed=link.state is not LinkState.PROPOSED,
        )
        for link in _links(session, project_id)
    )


def waiting(session: Session, context: Context, project_id: UUID) -> int:
    """How many events about them wait here; one of them may be a result."""
    related = (link.related_id for link in _links(session, project_id))
    return knowing.waiting(session, context, *related)


def _links(session: Session, project_id: UUID) -> list[ProjectLink]:
    return [
        link
        for link in repository.links(session, project_id)
        if link.state is not LinkState.DISMISSED
    ]


def _later(session: Session, related_id: UUID) -> list[Result]:
    return [
        Result(grade=each.grade, evaluated_on=each.evaluated_on)
        for each in repository.evaluations(session, related_id)
    ]
