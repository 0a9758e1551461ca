"""The bureau's written decisions to allow what the gate refuses at its discretion (Arts 3, 27)."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Invalid
from govproject.gates import ALLOCATION
from govproject.ids import new_id
from govproject.persistence.tables import RecordedRelief
from govproject.reliefs import listing, recording
from govproject.reliefs.views import RecordRelief, ReliefView, WithdrawRelief
from govproject.terms import ReliefKind
from govproject.web.paging import Page, Paging
from govproject_cloud_alloc import repository
from govproject_cloud_alloc.handlers.standings import visible
from govproject_cloud_alloc.lifecycle import AllocationState

_KIND = ReliefKind.BUREAU_DECISION


def record(
    session: Session, context: Context, project_id: UUID, command: RecordRelief
) -> ReliefView:
    """Record that the bureau allows, for this project, what one rule refuses at its discretion.

    Raises:
        NotFound: the gate does not know the project.
        Forbidden: the approver applied for it, or for the resources, or is of the project's unit.
        Invalid: the rule's refusal is not at the bureau's discretion, or the day is past.
    """
    known = visible(session, context, project_id)
    requests = repository.allocations_of(session, project_id, tuple(AllocationState))
    recording.must_be_impartial(
        context.caller,
        unit=known.unit,
        applicants={command.applied_by, *(request.requested_by for request in requests)},
    )
    if command.rule not in _liftable(context):
        raise Invalid("not_liftable", "该条款的拒绝不属于区数据局可决定豁免的情形。")
    recording.must_not_be_past(context, command.expires_on)
    decided = RecordedRelief(
        id=new_id(),
        project_id=project_id,
        kind=_KIND,
        approver=context.caller.subject,
        granted_at=context.now(),
        **dict(command),
    )
    session.add(decided)
    return listing.view(context, decided)


def withdraw(
    session: Session, context: Context, decision_id: UUID, command: WithdrawRelief
) -> ReliefView:
    """Withdraw a decision for what is still to be asked.

    Raises:
        NotFound: there is none.
        Conflict: it was withdrawn before.
    """
    decided = recording.open_to_withdrawal(session, decision_id, _KIND)
    decided.withdrawn_by, decided.withdrawn_at = context.caller.subject, context.now()
    decided.withdrawal_reason = command.reason
    return listing.view(context, decided)


def browse(
    session: Session, context: Context, project_id: UUID, paging: Paging
) -> Page[ReliefView]:
    """All decisions for a project, expired and withdrawn ones included; a unit sees its own."""
    visible(session, context, project_id)
    return listing.browse(session, context, project_id, _KIND, paging)


def _liftable(context: Context) -> set[str]:
    checks = list(context.hooks.checks(ALLOCATION.hook))
    return {check.rule for check in checks if check.info and check.info.relief is _KIND} | {
        f"no_answer.{check.plugin}.{check.rule}" for check in checks if not check.is_built_in
    }
