"""What the routes about the bureau's acts take (commands) and answer (views)."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from govproject.fields import Command, IsoDate, LongText, ShortText, View
from govproject.terms import ReliefKind, Term


class ReliefStatus(Term):
    """Whether an act still lifts what it was recorded for."""

    IN_FORCE = "in_force", "有效"
    EXPIRED = "expired", "已过期"
    WITHDRAWN = "withdrawn", "已撤回"


class RecordRelief(Command):
    """Lift one rule's refusal for a project, until a day."""

    rule: ShortText = Field(description="规则名称，见拒绝结论中的 rule")
    reason: LongText
    applied_by: ShortText | None = Field(
        default=None, description="申请人的登录账号；批准人不得是申请人"
    )
    document: ShortText = Field(description="批准文件的文号")
    expires_on: IsoDate = Field(description="有效期的最后一日")


class WithdrawRelief(Command):
    """Why an act no longer holds; what was decided with it stays as it was."""

    reason: LongText


class ReliefView(View):
    """An act of the bureau, and what has become of it."""

    id: UUID
    project_id: UUID
    rule: str
    kind: ReliefKind
    reason: str
    applied_by: str | None
    approver: str
    document: str
    expires_on: date
    granted_at: datetime | None
    status: ReliefStatus
    withdrawn_by: str | None
    withdrawn_at: datetime | None
    withdrawal_reason: str | None
