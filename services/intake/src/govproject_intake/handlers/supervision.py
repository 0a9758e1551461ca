"""Rectification orders: what is recorded about a running project (Art 29)."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts import intake as events
from govproject.errors import Conflict, Invalid
from govproject.ids import new_id
from govproject.steps import after
from govproject_intake import repository
from govproject_intake.handlers import spot_checks
from govproject_intake.lifecycle import ORDER_STEPS, OrderState
from govproject_intake.tables import RectificationOrder
from govproject_intake.views import OrderRectification, OrderView, Reason


def order_rectification(
    session: Session, context: Context, project_id: UUID, command: OrderRectification
) -> OrderView:
    """Order a rectification within a limit (Art 29).

    Raises:
        Invalid: the limit has passed.
        Conflict: the spot check it rests on found nothing wanting.
    """
    project = repository.project(session, project_id)
    now = context.now()
    if command.due_on < now.date():
        raise Invalid("due_in_past", "整改期限不能早于今天。")
    if command.spot_check_id is not None:
        spot_checks.found_wanting(session, command.spot_check_id, project.id)
    order = RectificationOrder(
        id=new_id(),
        project_id=project.id,
        problem=command.problem,
        due_on=command.due_on,
        state=OrderState.ORDERED,
        spot_check_id=command.spot_check_id,
        ordered_by=context.caller.subject,
        ordered_at=now,
    )
    session.add(order)
    context.publish(
        session,
        events.RectificationOrdered(
            project_id=project.id,
            order_id=order.id,
            problem=order.problem,
            due_on=order.due_on,
            ordered_at=now,
        ),
    )
    return OrderView.model_validate(order, from_attributes=True)


def fail_rectification(
    session: Session, context: Context, order_id: UUID, command: Reason
) -> OrderView:
    """Record that the rectification is not in place once its time is up (Art 29).

    Raises:
        Conflict: the limit has not been reached, or the order is settled.
    """
    order = repository.order(session, order_id)
    now = context.now()
    if now.date() < order.due_on:
        raise Conflict("not_yet_due", "整改期限尚未届满。", due_on=order.due_on.isoformat())
    order.state, order.outcome = after(ORDER_STEPS, order.state, "fail"), command.reason
    context.publish(
        session,
        events.RectificationFailed(
            project_id=order.project_id, order_id=order.id, reason=command.reason, failed_at=now
        ),
    )
    return OrderView.model_validate(order, from_attributes=True)


def clear_rectification(
    session: Session, context: Context, order_id: UUID, command: Reason
) -> OrderView:
    """Record that the rectification is in place (Art 29)."""
    order = repository.order(session, order_id)
    order.state, order.outcome = after(ORDER_STEPS, order.state, "clear"), command.reason
    context.publish(
        session,
        events.RectificationCleared(
            project_id=order.project_id, order_id=order.id, cleared_at=context.now()
        ),
    )
    return OrderView.model_validate(order, from_attributes=True)
