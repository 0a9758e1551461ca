"""Suspending a project's resources and resuming them (Art 29)."""

from uuid import UUID

from sqlmodel import Session, col, select

from govproject.context import Context
from govproject.contracts import cloud_alloc as events
from govproject.steps import after
from govproject.web.paging import Page, Paging, paginate
from govproject_cloud_alloc import repository
from govproject_cloud_alloc.handlers import cloud
from govproject_cloud_alloc.lifecycle import (
    ALLOCATION_STEPS,
    SUSPENSION_STEPS,
    AllocationState,
)
from govproject_cloud_alloc.tables import Suspension
from govproject_cloud_alloc.views import SuspensionView


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
