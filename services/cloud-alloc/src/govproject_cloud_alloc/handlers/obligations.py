"""The duty to move an existing system to the district cloud: open until it has moved (Art 2).

A system is no project. An event needs a stream, so the system's own id stands where a project's
would (0015).
"""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts.cloud_alloc import OBLIGATIONS
from govproject.errors import Conflict
from govproject.obligations.keeping import Keeper, move
from govproject.obligations.repository import of_rule
from govproject.persistence.tables import Obligation
from govproject.regulation.duty import Duty
from govproject.service import Surroundings
from govproject_cloud_alloc import repository
from govproject_cloud_alloc.rules.article_02_district_cloud import (
    MIGRATION,
    move_as_planned,
    planned,
)
from govproject_cloud_alloc.tables import ExistingSystem


def _by_move_only(session: Session, context: Context, system_id: UUID) -> None:
    """There is none for what another replica ended without closing, or beside, its duty."""
    system = repository.existing_system(session, system_id)
    if system.moved_on is None and system.withdrawn_at is None:
        raise Conflict(
            "closed_by_move",
            "已建的政务系统项目须统一迁移至区政务云（第2条）：登记系统已迁移时自动办结，"
            "不能以材料代替。",
        )


KEEPER = Keeper(events=OBLIGATIONS, before_closing={MIGRATION: _by_move_only})


def recorded(session: Session, context: Context, system: ExistingSystem) -> None:
    """A planned day is a duty from the moment it is on record."""
    KEEPER.open(session, context, _duty(system), project_id=system.id, unit=system.unit)


def replanned(session: Session, context: Context, system: ExistingSystem) -> None:
    """The duty is due when the move is planned."""
    if duty := _open(session, system):
        move(session, context, OBLIGATIONS, duty, planned(system.move_planned_on))


def moved(session: Session, context: Context, system: ExistingSystem) -> None:
    """The move is what the duty asks for, late as well."""
    if duty := _open(session, system):
        KEEPER.close(session, context, duty, f"系统于{system.moved_on}迁移至区政务云")


def withdrawn(session: Session, context: Context, system: ExistingSystem, why: str) -> None:
    """Nothing is owed of a system that is not to be moved."""
    if duty := _open(session, system):
        KEEPER.close(session, context, duty, why)


def open_next(given: Surroundings) -> bool:
    """Open the duty of one system that an older build recorded, if any is left to be moved."""
    # Serializable: two replicas that find the same system do not both open its duty.
    with given.db.write(serializable=True) as session:
        system = repository.existing_system_without_duty(session, MIGRATION)
        if system is None:
            return False
        KEEPER.open_at(
            session,
            given.publish,
            given.clock(),
            _duty(system),
            project_id=system.id,
            unit=system.unit,
        )
        return True


def _duty(system: ExistingSystem) -> Duty:
    return move_as_planned(system.system_name, system.move_planned_on)


def _open(session: Session, system: ExistingSystem) -> Obligation | None:
    """None where an older build recorded the system and the worker has not come to it."""
    duty = of_rule(session, system.id, MIGRATION)
    return duty if duty is not None and duty.closed_at is None else None
