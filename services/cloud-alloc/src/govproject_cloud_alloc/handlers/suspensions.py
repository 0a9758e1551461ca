"""Suspending a project's resources, resuming them, and the bureau's decisions (Arts 27, 29)."""

from uuid import UUID

from sqlmodel import Session, col, select

from govproject.context import Context
from govproject.contracts import cloud_alloc as events
from govproject.errors import Invalid
from govproject.gates import ALLOCATION
from govproject.ids import new_id
from govproject.terms import ReliefKind
from govproject.web.paging import Page, Paging, paginate
from govproject_cloud_alloc import repository
from govproject_cloud_alloc.handlers import cloud, standings
from govproject_cloud_alloc.lifecycle import (
    ALLOCATION_STEPS,
    SUSPENSION_STEPS,
    AllocationState,
    after,
)
from govproject_cloud_alloc.tables import ReliefRecord, Suspension
from govproject_cloud_alloc.views import RecordBureauDecision, ReliefView, SuspensionView

_AT_DISCRETION = ReliefKind.BUREAU_DECISION


def confirm(session: Session, context: Context, order_id: UUID) -> SuspensionView:
    """A person of the bureau confirms: everything the project holds is suspended (Art 29)."""
    suspension = repository.suspension(session, order_id)
    suspension.state = after(SUSPENSION_STEPS, suspension.state, "confirm")
    suspension.confirmed_by, suspension.confirmed_at = context.caller.subject, context.now()
    running = (AllocationState.GRANTED, AllocationState.ACTIVE)
    for allocation in repository.allocations_of(session, suspension.project_id, running):
        allocation.state = after(ALLOCATION_STEPS, allocation.state, "suspend")
        cloud.order(session, context, allocation, "suspend", reason=str(order_id))
        context.publish(
            session,
            events.AllocationSuspended(
                project_id=suspension.project_id,
                allocation_id=allocation.id,
                order_id=order_id,
                suspended_at=context.now(),
            ),
        )
    return SuspensionView.model_validate(suspension, from_attributes=True)


def resume(session: Session, context: Context, order_id: UUID) -> SuspensionView:
    """The order is cleared, so the bureau lets the project use its resources again (Art 29).

    Raises:
        Conflict: the rectification has not been found in place.
    """
    suspension = repository.suspension(session, order_id)
    suspension.state = after(SUSPENSION_STEPS, suspension.state, "resume")
    session.flush()
    still_held_back = repository.suspension_in_force(session, suspension.project_id) is not None
    suspended = repository.allocations_of(
        session, suspension.project_id, (AllocationState.SUSPENDED,)
    )
    for allocation in () if still_held_back else suspended:
        allocation.state = after(ALLOCATION_STEPS, allocation.state, "resume")
        cloud.order(session, context, allocation, "resume", reason=str(order_id))
        context.publish(
            session,
            events.AllocationResumed(
                project_id=suspension.project_id,
                allocation_id=allocation.id,
                order_id=order_id,
                resumed_at=context.now(),
            ),
        )
    return SuspensionView.model_validate(suspension, from_attributes=True)


def browse(session: Session, context: Context, paging: Paging) -> Page[SuspensionView]:
    """All suspension orders."""
    return paginate(
        session,
        select(Suspension),
        key=col(Suspension.order_id),
        paging=paging,
        view=lambda row: SuspensionView.model_validate(row, from_attributes=True),
    )


def record_decision(
    session: Session, context: Context, project_id: UUID, command: RecordBureauDecision
) -> ReliefView:
    """Record that the bureau allows, for this project, what one rule refuses at its discretion.

    Raises:
        NotFound: the gate does not know the project.
        Invalid: the rule's refusal is not at the bureau's discretion, or the day is past.
    """
    standings.visible(session, context, project_id)
    checks = list(context.hooks.checks(ALLOCATION.hook))
    liftable = {
        check.rule for check in checks if check.info and check.info.relief is _AT_DISCRETION
    } | {f"no_answer.{check.plugin}.{check.rule}" for check in checks if not check.is_built_in}
    if command.rule not in liftable:
        raise Invalid("not_liftable", "该条款的拒绝不属于区数据局可决定豁免的情形。")
    if command.expires_on < context.today():
        raise Invalid("expires_in_past", "决定的有效期不能早于今天。")
    record = ReliefRecord(
        id=new_id(),
        project_id=project_id,
        kind=ReliefKind.BUREAU_DECISION,
        approver=context.caller.subject,
        **dict(command),
    )
    session.add(record)
    return ReliefView.model_validate(record, from_attributes=True)
