"""Reading and finding what the handlers work on. Nothing here commits."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, SQLModel, and_, col, not_, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from govproject.errors import NotFound
from govproject.persistence.sql import insert
from govproject.persistence.tables import InboxCursor, Obligation, core
from govproject.resources import Resources
from govproject.terms import LinkState
from govproject_cloud_alloc.lifecycle import HELD, AllocationState, SuspensionState
from govproject_cloud_alloc.tables import (
    Allocation,
    CloudWork,
    Disposal,
    Evaluation,
    ExistingSystem,
    Incident,
    LoggedDecision,
    LogHead,
    ProjectLink,
    Standing,
    Suspension,
)

CONSUMER = "cloud-alloc"
"""The name under which this service receives events."""

T = TypeVar("T", bound=SQLModel)


def positions(session: Session, project_id: UUID) -> dict[str, int]:
    """How far in each producer's events about the project the gate has come."""
    found = session.exec(
        select(InboxCursor.source, InboxCursor.last_seq).where(
            InboxCursor.consumer == CONSUMER, InboxCursor.aggregate_id == str(project_id)
        )
    )
    return dict(found.all())


def _get(session: Session, table: type[T], key: UUID, what: str) -> T:
    row = session.get(table, key)
    if row is None:
        raise NotFound("not_found", f"{what}不存在。", id=str(key))
    return row


def standing(session: Session, project_id: UUID) -> Standing | None:
    """What is known of a project."""
    return session.get(Standing, project_id)


def standings(unit: str | None) -> SelectOfScalar[Standing]:
    """All projects that are known, or one unit's."""
    return select(Standing) if unit is None else select(Standing).where(Standing.unit == unit)


def standing_or_new(session: Session, project_id: UUID) -> Standing:
    """The project's standing, locked; made when its first event arrives."""
    found = session.get(Standing, project_id, with_for_update=True)
    if found is not None:
        return found
    # Two consumers may meet at a new project: the loser must find the row, not fail.
    row = Standing(project_id=project_id).model_dump()
    session.execute(insert(session, core(Standing)).values(row).on_conflict_do_nothing())
    return session.get_one(Standing, project_id, with_for_update=True)


def links(session: Session, project_id: UUID) -> Sequence[ProjectLink]:
    """What a project is linked with, or may be; not what the bureau dismissed."""
    return session.exec(
        select(ProjectLink)
        .where(ProjectLink.project_id == project_id, ProjectLink.state != LinkState.DISMISSED)
        .order_by(col(ProjectLink.related_id))
    ).all()


def evaluations(session: Session, project_id: UUID) -> Sequence[Evaluation]:
    """The results of a project's evaluations that were told after its links, the latest last."""
    return session.exec(
        select(Evaluation)
        .where(Evaluation.project_id == project_id)
        .order_by(col(Evaluation.evaluated_on), col(Evaluation.id))
    ).all()


def allocation(session: Session, allocation_id: UUID) -> Allocation:
    """One allocation. Raises NotFound."""
    return _get(session, Allocation, allocation_id, "资源申请")


def suspension(session: Session, order_id: UUID) -> Suspension:
    """One suspension order. Raises NotFound."""
    return _get(session, Suspension, order_id, "暂停令")


def suspension_in_force(session: Session, project_id: UUID) -> Suspension | None:
    """The confirmed suspension of a project that has not been lifted."""
    return session.exec(
        select(Suspension)
        .where(
            Suspension.project_id == project_id,
            col(Suspension.state).in_((SuspensionState.CONFIRMED, SuspensionState.CLEARED)),
        )
        .limit(1)
    ).one_or_none()


def suspension_proposed(session: Session, project_id: UUID) -> bool:
    """Whether a suspension of the project waits for the bureau."""
    found = session.exec(
        select(Suspension.order_id)
        .where(Suspension.project_id == project_id, Suspension.state == SuspensionState.PROPOSED)
        .limit(1)
    ).one_or_none()
    return found is not None


def allocations_of(
    session: Session, project_id: UUID, states: Sequence[AllocationState] = HELD
) -> Sequence[Allocation]:
    """The project's allocations in these states, oldest first."""
    return session.exec(
        select(Allocation)
        .where(Allocation.project_id == project_id, col(Allocation.state).in_(states))
        .order_by(col(Allocation.id))
    ).all()


def last_allocation(session: Session, project_id: UUID) -> Allocation | None:
    """The project's last request, whatever became of it."""
    return session.exec(
        allocations(None, project_id).order_by(col(Allocation.id).desc()).limit(1)
    ).first()


def in_use(session: Session, project_id: UUID) -> Resources:
    """What the project holds, suspended allocations included."""
    held = (allocation.resources for allocation in allocations_of(session, project_id))
    return sum(held, start=Resources())


def allocations(unit: str | None, project_id: UUID | None) -> SelectOfScalar[Allocation]:
    """All allocations, or one unit's, or one project's."""
    query = select(Allocation)
    if unit is not None:
        query = query.where(Allocation.unit == unit)
    if project_id is not None:
        query = query.where(Allocation.project_id == project_id)
    return query


def incident(session: Session, incident_id: UUID) -> Incident:
    """One incident. Raises NotFound."""
    return _get(session, Incident, incident_id, "网络安全事件")


def incidents(project_id: UUID) -> SelectOfScalar[Incident]:
    """The project's incidents, handled or not."""
    return select(Incident).where(Incident.project_id == project_id)


def open_incidents(session: Session, project_id: UUID) -> Sequence[Incident]:
    """Those that were not handled, oldest first."""
    return session.exec(
        incidents(project_id)
        .where(col(Incident.handled_on).is_(None))
        .order_by(col(Incident.found_on), col(Incident.id))
    ).all()


def disposal(session: Session, project_id: UUID) -> Disposal | None:
    """The record that a stopped system's assets were taken care of."""
    return session.get(Disposal, project_id)


def decommissioned(unit: str | None) -> SelectOfScalar[Standing]:
    """Standings of projects reported as stopped, or one unit's."""
    query = select(Standing).where(col(Standing.decommissioned_at).is_not(None))
    return query if unit is None else query.where(Standing.unit == unit)


def existing_system(session: Session, system_id: UUID) -> ExistingSystem:
    """One system outside the district cloud. Raises NotFound."""
    return _get(session, ExistingSystem, system_id, "云外系统")


def existing_system_named(session: Session, unit: str, name: str) -> ExistingSystem | None:
    """The unit's system of that name."""
    return session.exec(
        select(ExistingSystem).where(
            ExistingSystem.unit == unit, ExistingSystem.system_name == name
        )
    ).one_or_none()


def existing_systems(unit: str | None) -> SelectOfScalar[ExistingSystem]:
    """All systems outside the district cloud, moved ones included, or one unit's."""
    query = select(ExistingSystem)
    return query if unit is None else query.where(ExistingSystem.unit == unit)


def existing_system_amiss(
    session: Session, rule: str
) -> tuple[ExistingSystem, Obligation | None] | None:
    """A system with its duty of a rule: to be opened, or open for another day or beyond its end."""
    waits = and_(col(ExistingSystem.moved_on).is_(None), col(ExistingSystem.withdrawn_at).is_(None))
    duty_id = col(Obligation.id)
    differs = or_(not_(waits), col(Obligation.due_on) != ExistingSystem.move_planned_on)
    is_open = and_(duty_id.is_not(None), col(Obligation.closed_at).is_(None))
    its_own = and_(col(Obligation.project_id) == ExistingSystem.id, col(Obligation.rule) == rule)
    return session.exec(
        select(ExistingSystem, Obligation)
        .join(Obligation, its_own, isouter=True)
        .where(or_(and_(waits, duty_id.is_(None)), and_(is_open, differs)))
        .order_by(col(ExistingSystem.id))
        .limit(1)
    ).first()


def log_head(session: Session) -> LogHead:
    """The end of the decision log; the migration made it."""
    return session.get_one(LogHead, 1)


def logged_after(session: Session, number: int, limit: int) -> Sequence[LoggedDecision]:
    """Up to `limit` links of the log behind `number`."""
    return session.exec(
        select(LoggedDecision)
        .where(LoggedDecision.number > number)
        .order_by(col(LoggedDecision.number))
        .limit(limit)
    ).all()


def next_work(session: Session, now: datetime) -> CloudWork | None:
    """The oldest work that is due and whose allocation has no older work waiting."""
    waiting = (
        select(CloudWork.allocation_id, CloudWork.number)
        .where(col(CloudWork.done).is_(False))
        .subquery()
    )
    older = (
        select(waiting.c.number)
        .where(
            waiting.c.allocation_id == CloudWork.allocation_id, waiting.c.number < CloudWork.number
        )
        .exists()
    )
    return session.exec(
        select(CloudWork)
        .where(col(CloudWork.done).is_(False), CloudWork.next_attempt <= now, ~older)
        .order_by(col(CloudWork.number))
        .limit(1)
    ).one_or_none()


def last_work_number(session: Session) -> int:
    """The highest number given to work so far."""
    found = session.exec(
        select(CloudWork.number).order_by(col(CloudWork.number).desc()).limit(1)
    ).one_or_none()
    return found or 0
