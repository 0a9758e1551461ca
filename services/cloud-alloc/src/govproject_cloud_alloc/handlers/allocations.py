"""Asking for resources, asking again, giving them back."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, col

from govproject.context import Context
from govproject.contracts import cloud_alloc as events
from govproject.errors import Conflict, Invalid
from govproject.gates import ALLOCATION
from govproject.ids import new_id
from govproject.regulation.findings import Decision
from govproject.resources import Resources
from govproject.steps import after
from govproject.web.paging import Page, Paging, paginate
from govproject_cloud_alloc import repository
from govproject_cloud_alloc.handlers import cloud, decisions, standings
from govproject_cloud_alloc.lifecycle import ALLOCATION_STEPS, AllocationState
from govproject_cloud_alloc.lines import totals
from govproject_cloud_alloc.tables import Allocation
from govproject_cloud_alloc.views import AllocationView, ReleaseAllocation, RequestAllocation

_UNKNOWN_UNIT = "（未知单位）"
_DISPOSAL = {
    "data_handed_over": "业务数据导出或移交",
    "data_wiped": "数据清除",
    "asset_ledger_updated": "国有资产台账变更",
}


def request(session: Session, context: Context, command: RequestAllocation) -> AllocationView:
    """Decide on a request; granted or refused, it is recorded with its decision.

    Raises:
        Forbidden: the project belongs to another unit.
        Invalid: the time for which resources are asked is over.
    """
    _must_not_be_over(context, command.ends_on)
    known = repository.standing(session, command.project_id)
    unit = known.unit if known and known.unit else None
    if unit is not None:
        context.caller.must_own(unit)
    id_, resources = new_id(), totals(command.lines)
    asked = {"id": str(id_), **command.model_dump(mode="json")}
    decision, decision_id = _ask_gate(session, context, command.project_id, asked, resources)
    allocation = Allocation(
        id=id_,
        unit=unit or context.caller.unit or _UNKNOWN_UNIT,
        resources=resources,
        state=AllocationState.REFUSED,
        decision=decision,
        decision_id=decision_id,
        requested_by=context.caller.subject,
        requested_at=context.now(),
        **dict(command),
    )
    session.add(allocation)
    _carry_out(session, context, allocation)
    return view(allocation)


def reconsider(session: Session, context: Context, allocation_id: UUID) -> AllocationView:
    """Ask again for a refused request, after the unit or the bureau did something about it.

    Raises:
        Conflict: the request is not in the state refused.
        Invalid: the time for which resources were asked is over by now.
    """
    allocation = repository.allocation(session, allocation_id)
    context.caller.must_own(allocation.unit)
    if allocation.state is not AllocationState.REFUSED:
        raise Conflict("not_refused", "只有被拒绝的申请可以重新审查。", state=allocation.state)
    _must_not_be_over(context, allocation.ends_on)
    asked = allocation.model_dump(mode="json", include={"id", *RequestAllocation.model_fields})
    allocation.decision, allocation.decision_id = _ask_gate(
        session, context, allocation.project_id, asked, allocation.resources
    )
    _carry_out(session, context, allocation)
    return view(allocation)


def release(
    session: Session, context: Context, allocation_id: UUID, command: ReleaseAllocation
) -> AllocationView:
    """Give resources back once data and state assets are taken care of (Art 34).

    Raises:
        Conflict: an item of the checklist is open, or there is nothing to release.
    """
    allocation = repository.allocation(session, allocation_id)
    context.caller.must_own(allocation.unit)
    open_items = [words for name, words in _DISPOSAL.items() if not getattr(command, name)]
    if open_items:
        raise Conflict(
            "disposal_incomplete",
            "释放资源前须完成业务数据和国有资产处置（第34条），尚未完成："
            f"{'、'.join(open_items)}。请完成后重新办理释放。",
            article="34",
        )
    allocation.state = after(ALLOCATION_STEPS, allocation.state, "release")
    cloud.order(session, context, allocation, "release", reason=str(allocation.id))
    context.publish(
        session,
        events.AllocationReleased(
            project_id=allocation.project_id,
            allocation_id=allocation.id,
            reason=command.reason,
            released_at=context.now(),
        ),
    )
    return view(allocation)


def show(session: Session, context: Context, allocation_id: UUID) -> AllocationView:
    """One allocation; a unit sees its own."""
    allocation = repository.allocation(session, allocation_id)
    context.caller.must_own(allocation.unit)
    return view(allocation)


def browse(
    session: Session, context: Context, project_id: UUID | None, paging: Paging
) -> Page[AllocationView]:
    """Allocations in order of request; a unit sees its own."""
    return paginate(
        session,
        repository.allocations(context.caller.limited_to, project_id),
        key=col(Allocation.id),
        paging=paging,
        view=view,
    )


def view(allocation: Allocation) -> AllocationView:
    """The allocation as the API shows it."""
    return AllocationView.model_validate(allocation, from_attributes=True)


def _must_not_be_over(context: Context, ends_on: date) -> None:
    if ends_on < context.today():
        raise Invalid("period_over", "使用期限的结束日期不能早于今天。")


def _ask_gate(
    session: Session,
    context: Context,
    project_id: UUID,
    asked: dict[str, object],
    resources: Resources,
) -> tuple[Decision, UUID]:
    """The gate's decision and its place in the log."""
    known = repository.standing(session, project_id)
    facts = standings.facts(session, context, project_id, known, resources)
    decision = context.decide(ALLOCATION, facts, pack=standings.pack_of(known, context))
    return decision, decisions.append(session, context, project_id, asked, facts, decision)


def _carry_out(session: Session, context: Context, allocation: Allocation) -> None:
    """Grant or refuse as decided, and say so."""
    decision = allocation.decision
    if decision.allowed:
        allocation.state = after(ALLOCATION_STEPS, allocation.state, "grant")
        cloud.order(session, context, allocation, "provision", reason=str(allocation.decision_id))
        context.publish(
            session,
            events.AllocationGranted(
                project_id=allocation.project_id,
                allocation_id=allocation.id,
                decision_id=allocation.decision_id,
                resources=allocation.resources,
                granted_at=decision.evaluated_at,
            ),
        )
    else:
        allocation.state = after(ALLOCATION_STEPS, allocation.state, "refuse")
        context.publish(
            session,
            events.AllocationRefused(
                project_id=allocation.project_id,
                allocation_id=allocation.id,
                decision_id=allocation.decision_id,
                articles=decision.articles,
                refused_at=decision.evaluated_at,
            ),
        )
