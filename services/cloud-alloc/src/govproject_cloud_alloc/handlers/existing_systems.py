"""Systems that run outside the district cloud, and their move there (Art 2).

The article sets no day, so each unit plans one, on which the duty to move is due. An overdue move
is shown and holds nothing else up.
"""

from uuid import UUID

from sqlmodel import Session, col

from govproject.context import Context
from govproject.errors import Conflict, Invalid
from govproject.files import records
from govproject.ids import new_id
from govproject.web.paging import Page, Paging, paginate
from govproject_cloud_alloc import repository
from govproject_cloud_alloc.handlers import obligations
from govproject_cloud_alloc.tables import ExistingSystem
from govproject_cloud_alloc.views import (
    CompleteMove,
    ExistingSystemView,
    RecordExistingSystem,
    ReplanMove,
    WithdrawMove,
)


def record(session: Session, context: Context, command: RecordExistingSystem) -> ExistingSystemView:
    """Put a system on the list; the bureau may do so for any unit.

    Raises:
        Forbidden: a unit names another unit's system.
        Conflict: the system is on the list.
    """
    context.caller.must_own(command.unit)
    if repository.existing_system_named(session, command.unit, command.system_name) is not None:
        raise Conflict("already_recorded", "该系统已登记。", system_name=command.system_name)
    system = ExistingSystem(
        id=new_id(),
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
        **dict(command),
    )
    session.add(system)
    obligations.recorded(session, context, system)
    return _view(context, system)


def replan(
    session: Session, context: Context, system_id: UUID, command: ReplanMove
) -> ExistingSystemView:
    """Plan the move for another day. Raises Conflict for a system that is not to move any more."""
    system = _waiting(session, context, system_id)
    system.move_planned_on, system.plan_note = command.move_planned_on, command.reason
    obligations.replanned(session, context, system)
    return _view(context, system)


def complete(
    session: Session, context: Context, system_id: UUID, command: CompleteMove
) -> ExistingSystemView:
    """The system has moved. Raises Conflict for one that had, Invalid for a day to come."""
    system = _waiting(session, context, system_id)
    if command.moved_on > context.today():
        raise Invalid("date_in_future", "迁移日期不能晚于今天。")
    system.moved_on, system.proof = command.moved_on, command.proof
    obligations.ended(session, context, system)
    return _view(context, system)


def withdraw(
    session: Session, context: Context, system_id: UUID, command: WithdrawMove
) -> ExistingSystemView:
    """The State requires it to stand alone, or it was stopped: the bureau says so, by a document.

    Raises:
        Conflict: it has moved, or is not to be moved already.
        Invalid: nobody handed a named file in.
    """
    system = _waiting(session, context, system_id)
    for file_id in filter(None, (command.file_id, command.sharing_plan_file_id)):
        records.referred(session, context, file_id)
    system.withdrawn_ground, system.withdrawn_reason = command.ground, command.reason
    system.withdrawn_file_id = command.file_id
    system.sharing_plan_file_id = command.sharing_plan_file_id
    system.withdrawn_by, system.withdrawn_at = context.caller.subject, context.now()
    obligations.ended(session, context, system)
    return _view(context, system)


def browse(session: Session, context: Context, paging: Paging) -> Page[ExistingSystemView]:
    """All of them, moved ones included; a unit sees its own."""
    return paginate(
        session,
        repository.existing_systems(context.caller.limited_to),
        key=col(ExistingSystem.id),
        paging=paging,
        view=lambda system: _view(context, system),
    )


def _waiting(session: Session, context: Context, system_id: UUID) -> ExistingSystem:
    system = repository.existing_system(session, system_id)
    context.caller.must_own(system.unit)
    if system.moved_on is not None:
        raise Conflict("already_moved", "该系统已迁移至区政务云。", id=str(system_id))
    if system.withdrawn_at is not None:
        raise Conflict("move_withdrawn", "该系统已核定不再迁移。", id=str(system_id))
    return system


def _view(context: Context, system: ExistingSystem) -> ExistingSystemView:
    overdue = system.waits and system.move_planned_on < context.today()
    return ExistingSystemView.model_validate({**system.model_dump(), "overdue": overdue})
