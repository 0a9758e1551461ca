"""Asking for resources of the government cloud, and asking again after a refusal."""

from collections.abc import Iterator
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.gates import ALLOCATION
from govproject.identity import Role
from govproject.next_steps.steps import Asked, NextSteps, Step, Subject
from govproject.resources import Resources
from govproject_cloud_alloc import repository
from govproject_cloud_alloc.handlers import standings
from govproject_cloud_alloc.lifecycle import AllocationState

_REQUESTERS = (Role.UNIT, Role.PORTAL)


def subject(session: Session, context: Context, project_id: UUID) -> Subject:
    """A project that the caller may see."""
    known = standings.visible(session, context, project_id)
    return Subject(known.project_name, known.unit)


def _request(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    """Whatever is asked for comes on top of what the project has."""
    facts, pack = standings.stored_facts(session, context, project_id)
    yield Asked(facts, pack, brought={"requested": Resources()})


def _reconsideration(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    """The last request, if it is refused."""
    last = repository.last_allocation(session, project_id)
    if last is not None and last.state is AllocationState.REFUSED:
        known = standings.visible(session, context, project_id)
        facts = standings.facts(session, context, project_id, known, last.resources)
        yield Asked(
            facts,
            standings.pack_of(known, context),
            about=last.purpose,
            ids={"allocation_id": last.id},
        )


NEXT_STEPS = NextSteps(
    subject,
    (
        Step("申请政务云资源", ALLOCATION, _REQUESTERS, _request, "POST /allocations"),
        Step(
            "重新审查被拒绝的申请",
            ALLOCATION,
            _REQUESTERS,
            _reconsideration,
            "POST /allocations/{allocation_id}/reconsideration",
        ),
    ),
    standings.browse,
)
