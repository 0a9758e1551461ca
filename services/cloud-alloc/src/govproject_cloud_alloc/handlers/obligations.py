"""The duty to move an existing system to the district cloud: open until it has moved (Art 2).

A system is no project. An event needs a stream, so the system's own id stands where a project's
would (0015).
"""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts.cloud_alloc import OBLIGATIONS, SOURCE
from govproject.errors import Conflict
from govproject.obligations.keeping import Keeper, move, move_at
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
    """What another replica ended without closing the duty, the worker closes, or the unit does."""
    if repository.existing_system(session, system_id).waits:
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


def ended(session: Session, context: Context, system: ExistingSystem) -> None:
    """The move is what the duty asks for, late as well; what is not to be moved owes nothing."""
    if duty := _open(session, system):
        KEEPER.close(session, context, duty, _why_over(system))


def keep_next(given: Surroundings) -> bool:
    """Put one duty right that an older build did not open, move or close, if any is left."""
    now = given.clock()
    # Serializable: two replicas that find the same system do not both open its duty.
    with given.db.write(serializable=True) as session:
        found = repository.existing_system_amiss(session, MIGRATION)
        if found is None:
            return False
        system, duty = found
        if duty is None:
            KEEPER.open_at(
                session, given.publish, now, _duty(system), project_id=system.id, unit=system.unit
            )
        elif system.waits:
            period = planned(system.move_planned_on)
            move_at(session, given.publish, now.date(), OBLIGATIONS, duty, period)
        else:
            KEEPER.close_at(session, given.publish, now, duty, _why_over(system), by=SOURCE)
        return True


def _why_over(system: ExistingSystem) -> str:
    if system.withdrawn_ground is not None:
        return f"不再迁移（{system.withdrawn_ground.zh}）：{system.withdrawn_reason}"
    return f"系统于{system.moved_on}迁移至区政务云"


def _duty(system: ExistingSystem) -> Duty:
    return move_as_planned(system.system_name, system.move_planned_on)


def _open(session: Session, system: ExistingSystem) -> Obligation | None:
    """None where an older build recorded the system and the worker has not come to it."""
    duty = of_rule(session, system.id, MIGRATION)
    return duty if duty is not None and duty.closed_at is None else None
