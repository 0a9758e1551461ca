"""Orders to rectify: given, answered by the unit's report, found in place or not (Art 29)."""

from uuid import UUID

from sqlmodel import Session, col

from govproject.context import Context
from govproject.contracts import intake as events
from govproject.errors import Conflict, Invalid
from govproject.files import records
from govproject.ids import new_id
from govproject.persistence.tables import Obligation
from govproject.steps import after
from govproject.terms import Track
from govproject.web.paging import Page, paginate
from govproject_intake import repository
from govproject_intake.handlers import spot_checks
from govproject_intake.handlers.obligations import KEEPER
from govproject_intake.handlers.projects import going_on, visible
from govproject_intake.lifecycle import ORDER_STEPS, OrderGround, OrderState
from govproject_intake.oversight import (
    OrderQuery,
    OrderRectification,
    OrdersView,
    OrderView,
    ReportRectification,
)
from govproject_intake.rules.article_29_supervision import false_filing_rectify
from govproject_intake.tables import Project, RectificationOrder
from govproject_intake.views import Reason


def order_rectification(
    session: Session, context: Context, project_id: UUID, command: OrderRectification
) -> OrderView:
    """Order a rectification within a limit; the unit then owes a report (Art 29).

    Raises:
        Invalid: the limit has passed.
        Conflict: the project is stopped, nothing is filed that could be untrue, or the spot check
            it rests on found nothing wanting.
    """
    project = going_on(session, context, project_id)
    now = context.now()
    _must_rest_on_a_filing(session, project, command)
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
        ground=command.ground,
        ordered_by=context.caller.subject,
        ordered_at=now,
    )
    session.add(order)
    _demand_report(session, context, project, order)
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


def report_rectification(
    session: Session, context: Context, order_id: UUID, command: ReportRectification
) -> OrderView:
    """Record what the unit put right; that the project is stopped hinders nobody (Art 29).

    Raises:
        Conflict: the order is settled.
        Invalid: the file is unknown.
    """
    order = repository.order(session, order_id)
    visible(session, context, order.project_id)
    order.state = after(ORDER_STEPS, order.state, "report")
    order.report_file_id = records.referred(session, context, command.file_id).id
    order.report = command.report
    order.reported_by, order.reported_at = context.caller.subject, context.now()
    owed = _owed(session, order)
    if owed is not None:
        owed.proof_file_id = order.report_file_id
        KEEPER.close(session, context, owed, command.report)
    context.publish(
        session,
        events.RectificationReported(
            project_id=order.project_id,
            order_id=order.id,
            report=command.report,
            file_id=command.file_id,
            reported_at=order.reported_at,
        ),
    )
    return OrderView.model_validate(order, from_attributes=True)


def fail_rectification(
    session: Session, context: Context, order_id: UUID, command: Reason
) -> OrderView:
    """Record that the rectification is not in place; the unit then owes another report (Art 29).

    The limit runs to the end of its last day. What is reported by then can be looked at on that
    day.

    Raises:
        Conflict: the limit has not passed, or the order is settled.
    """
    order = repository.order(session, order_id)
    project = repository.project(session, order.project_id)
    now = context.now()
    reported = order.state is OrderState.REPORTED
    if now.date() < order.due_on or (now.date() == order.due_on and not reported):
        raise Conflict(
            "not_yet_due",
            f"整改期限至{order.due_on.isoformat()}届满：届满后方可认定整改不到位；"
            "项目单位已报告整改情况的，期限最后一日即可认定（第29条）。",
            due_on=order.due_on.isoformat(),
        )
    order.state, order.outcome = after(ORDER_STEPS, order.state, "fail"), command.reason
    if _owed(session, order) is None:
        _demand_report(session, context, project, order)
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
    """Record that the rectification that the unit reported is in place (Art 29).

    Raises:
        Conflict: the unit has reported nothing, or nothing since it failed; or it is settled.
    """
    order = repository.order(session, order_id)
    order.state, order.outcome = after(ORDER_STEPS, order.state, "clear"), command.reason
    context.publish(
        session,
        events.RectificationCleared(
            project_id=order.project_id, order_id=order.id, cleared_at=context.now()
        ),
    )
    return OrderView.model_validate(order, from_attributes=True)


def of_project(session: Session, context: Context, project_id: UUID) -> OrdersView:
    """All orders of a project, the oldest first; a unit sees its own."""
    visible(session, context, project_id)
    found = repository.orders_of(session, project_id)
    return OrdersView(
        orders=[OrderView.model_validate(order, from_attributes=True) for order in found]
    )


def show(session: Session, context: Context, order_id: UUID) -> OrderView:
    """One order; a unit sees its own."""
    order = repository.order(session, order_id)
    visible(session, context, order.project_id)
    return OrderView.model_validate(order, from_attributes=True)


def browse(session: Session, context: Context, query: OrderQuery) -> Page[OrderView]:
    """Orders, the oldest first; a unit sees its own."""
    return paginate(
        session,
        repository.orders(context.caller.limited_to, query.state),
        key=col(RectificationOrder.id),
        paging=query,
        view=lambda order: OrderView.model_validate(order, from_attributes=True),
    )


def _must_rest_on_a_filing(session: Session, project: Project, command: OrderRectification) -> None:
    """Only what was filed can be untrue; what is built against the rules need not be filed."""
    untrue = command.ground is OrderGround.UNTRUE_FILING
    if (
        untrue
        and project.track is Track.FILING
        and repository.filing_of(session, project.id) is None
    ):
        raise Conflict(
            "not_filed",
            f"项目“{project.project_name}”尚未报备，不存在报备信息不实；"
            "未报备即建设的，请以违规建设责令整改（第29条）。",
            article="29",
        )


def _demand_report(
    session: Session, context: Context, project: Project, order: RectificationOrder
) -> None:
    """Open the unit's duty; after its day it has none, for that day is gone."""
    due_on = order.due_on if order.state is OrderState.ORDERED else None
    duty = false_filing_rectify(order.problem, due_on)
    owed = KEEPER.open(session, context, duty, project_id=project.id, unit=project.unit)
    order.obligation_id = owed.id


def _owed(session: Session, order: RectificationOrder) -> Obligation | None:
    """The unit's open duty; none of an order from before duties followed from orders."""
    owed = session.get(Obligation, order.obligation_id) if order.obligation_id else None
    return None if owed is None or owed.closed_at is not None else owed
