"""Recording an act of the bureau: by whom, until when; and withdrawing it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Conflict, Forbidden, Invalid, NotFound
from govproject.identity import Principal
from govproject.names import plain
from govproject.persistence.tables import RecordedRelief
from govproject.terms import ReliefKind


def must_be_impartial(
    approver: Principal, *, unit: str | None, applicants: Collection[str | None]
) -> None:
    """Let nobody approve what they, or their own unit, applied for.

    A unit that is the approver's own office is told by its name: 亭湖区数据局 is 区数据局.

    Args:
        approver: who would record the act.
        unit: the unit whose project it is for.
        applicants: the accounts that applied, as far as they are known.

    Raises:
        Forbidden: `approver_is_applicant`.
    """
    of_unit = unit is not None and (
        plain(unit) == plain(approver.unit or "") or plain(unit).endswith(approver.role.zh)
    )
    if of_unit or plain(approver.subject) in {plain(each or "") for each in applicants}:
        raise Forbidden(
            "approver_is_applicant",
            "批准人不得是申请人，也不得来自申请单位，请由申请单位以外的人员批准。",
        )


def must_not_be_past(context: Context, expires_on: date) -> None:
    """Let no act be recorded that lifts nothing. Raises Invalid."""
    if expires_on < context.today():
        raise Invalid("expires_in_past", "有效期不能早于今天。")


def open_to_withdrawal(session: Session, relief_id: UUID, kind: ReliefKind) -> RecordedRelief:
    """An act of this kind that was not withdrawn; one that has expired may be, too.

    Raises:
        NotFound: there is none.
        Conflict: it was withdrawn before.
    """
    record = session.get(RecordedRelief, relief_id, with_for_update=True)
    if record is None or record.kind is not kind:
        raise NotFound("not_found", f"{kind.zh}不存在。", id=str(relief_id))
    if record.withdrawn_at is not None:
        raise Conflict("already_withdrawn", f"该{kind.zh}已撤回。")
    return record
