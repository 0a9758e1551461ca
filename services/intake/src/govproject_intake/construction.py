"""What the API takes and answers about contracts and how they are kept (Arts 13-17, 31, 33)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from govproject.fields import (
    Command,
    Count,
    Flag,
    IsoDate,
    LongText,
    MoneyYuan,
    PositiveYuan,
    ShortText,
    View,
)
from govproject.regulation.findings import Finding
from govproject.resources import Resources
from govproject.terms import (
    ChangeAspect,
    ConfidentialityNeed,
    ContractClause,
    ContractSubject,
    DeploymentTarget,
    MaintenanceItem,
    ProcurementMethod,
    ProjectKind,
)
from govproject_intake.lifecycle import ConfirmationState, ConfirmationSubject
from govproject_intake.parties import ExpertReview, Milestone, Person, PlannedMilestone, Signature


def _told_apart(milestones: list[PlannedMilestone]) -> list[PlannedMilestone]:
    if len({milestone.title for milestone in milestones}) < len(milestones):
        raise ValueError("进度节点的名称不得重复")
    return milestones


Milestones = Annotated[list[PlannedMilestone], Field(max_length=200), AfterValidator(_told_apart)]
Persons = Annotated[list[Person], Field(max_length=200)]


class RecordContract(Command):
    """Award and contract (Arts 13, 31, 33, 40)."""

    subject: ContractSubject = Field(
        default=ContractSubject.CONSTRUCTION, description="合同标的；免费运维期只对建设合同要求"
    )
    service_note: LongText | None = Field(
        default=None,
        description="登记为服务、金额较大的，说明服务内容和不属于建设的理由（第31条）",
    )
    contract_number: ShortText | None = Field(
        default=None, description="合同编号；同一项目内不得重复登记"
    )
    contractor: ShortText
    supervisor: ShortText | None = None
    amount_yuan: PositiveYuan
    procurement_method: ProcurementMethod | None = Field(
        default=None, description="采购方式（第12条）"
    )
    procurement_reason: LongText | None = Field(
        default=None,
        description="达到公开招标数额标准而未公开招标的，说明理由，例如批准变更采购方式的文号",
    )
    award_notice_on: IsoDate
    contract_filed_on: IsoDate
    free_ops_months: Annotated[Count, Field(le=240)]
    clauses: dict[ContractClause, ShortText] = Field(
        default_factory=dict, description="五项必备条款及其页码（第13条）"
    )
    maintenance: dict[MaintenanceItem, ShortText] = Field(
        default_factory=dict, description="建设合同的运维约定及其页码（第31条）"
    )
    confidentiality_need: ConfidentialityNeed | None = None
    nda_signed_on: IsoDate | None = Field(
        default=None, description="安全保密协议签订日期（第13条）"
    )
    outsourced: Flag | None = Field(
        default=None,
        description="是否属于技术服务外包（第33条）；服务合同没有网络安全条款的，应当说明",
    )
    security_clause: ShortText | None = Field(
        default=None, description="网络安全责任和要求条款的页码（第33条）"
    )
    file_id: UUID | None = Field(default=None, description="合同文本，先经 POST /files 上传")
    award_notice_file_id: UUID | None = Field(
        default=None, description="中标（成交）通知书，先经 POST /files 上传"
    )
    ends_on: IsoDate | None = Field(default=None, description="合同工期截止日（第15条）")
    personnel: Persons = Field(
        default_factory=list, description="投标文件或合同所列项目负责人和投标人员（第17条）"
    )


class SubmitSchedule(Command):
    """The schedule by which a contract is fulfilled (Art 15)."""

    milestones: Milestones
    contract_ends_on: IsoDate | None = Field(
        default=None, description="登记合同时未填写工期截止日的，在此填写"
    )


class ReachMilestone(Command):
    """That a milestone of the schedule in force is reached (Art 15)."""

    title: ShortText
    reached_on: IsoDate


class ListPersonnel(Command):
    """Whom the bid and the contract name, where the contract was recorded without (Art 17)."""

    personnel: Annotated[Persons, Field(min_length=1)]


class TerminateContract(Command):
    """That a contract ended before it was fulfilled, or should not be on record (Art 12)."""

    terminated_on: IsoDate
    settled_yuan: MoneyYuan = Field(description="已结算金额（元）；登记有误或者没有履行的为0")
    recorded_by_mistake: Flag = Field(
        default=False,
        description="登记有误的填 true，不再要求归集其材料；合同确已签订的不填",
    )
    reason: LongText
    file_id: UUID = Field(description="解除协议、裁判文书或者更正说明，先经 POST /files 上传")


class ApplyForExtension(Command):
    """The contractor's application to end later, with the schedule put right (Art 15)."""

    reason: LongText
    new_ends_on: IsoDate
    milestones: Milestones = Field(description="进度修正方案")


class ApplyForReplacement(Command):
    """The contractor's application to replace somebody (Art 17)."""

    leaves: ShortText
    joins: ShortText
    reason: LongText


class ContractView(View):
    """A recorded contract."""

    id: UUID
    project_id: UUID
    contract_number: str | None
    subject: ContractSubject
    service_note: str | None
    contractor: str
    supervisor: str | None
    amount_yuan: Decimal
    procurement_method: ProcurementMethod | None
    procurement_reason: str | None
    award_notice_on: date
    contract_filed_on: date
    free_ops_months: int
    clauses: dict[ContractClause, str]
    maintenance: dict[MaintenanceItem, str]
    confidentiality_need: ConfidentialityNeed | None
    nda_signed_on: date | None
    outsourced: bool | None
    security_clause: str | None
    file_id: UUID | None
    award_notice_file_id: UUID | None
    ends_on: date | None
    personnel: list[Person]
    terminated_on: date | None
    settled_yuan: Decimal | None
    recorded_by_mistake: bool | None
    termination_reason: str | None
    termination_file_id: UUID | None
    warnings: list[Finding] = Field(default_factory=list)


class ContractsView(View):
    """A project's contracts, in the order in which they were recorded."""

    contracts: list[ContractView]


class ScheduleView(View):
    """One version of a contract's schedule."""

    number: int
    ends_on: date
    milestones: list[Milestone]
    recorded_at: datetime
    warnings: list[Finding] = Field(default_factory=list)


class ConfirmationView(View):
    """An extension or a change of personnel, and who confirmed it."""

    id: UUID
    contract_id: UUID
    subject: ConfirmationSubject
    state: ConfirmationState
    reason: str
    late: bool
    new_ends_on: date | None
    milestones: list[PlannedMilestone]
    leaves: str | None
    joins: str | None
    signatures: list[Signature]
    expert_review: ExpertReview | None
    applied_at: datetime
    settled_at: datetime | None
    warnings: list[Finding] = Field(default_factory=list)


class ProgressView(View):
    """How a contract is kept: its last day, its schedules, and what changed them."""

    contract_id: UUID
    ends_on: date | None
    schedules: list[ScheduleView]
    overdue: list[Milestone]
    """Milestones of the schedule in force whose day has passed and that are not reached."""
    personnel: list[Person]
    confirmations: list[ConfirmationView]


class FrozenView(View):
    """What was approved, as it was then (Art 18)."""

    approval_number: str
    project_code: str
    approved_on: date
    approved_yuan: Decimal
    fiscal_report: str | None
    project_name: str
    kind: ProjectKind
    builds_system: bool
    deployment_target: DeploymentTarget
    plan_name: str | None
    plan_sha256: str | None
    cloud_plan: Resources | None
    responsible_body: str
    responsible_person: str
    frozen_at: datetime


class DifferenceView(View):
    """In what a change differs from what was approved."""

    aspect: ChangeAspect
    approved: str | None
    changed: str


class ComparisonView(View):
    """A change since the approval, and its differences."""

    change_id: UUID
    aspects: list[ChangeAspect]
    description: str
    determined_at: datetime
    filed_at: datetime | None
    withdrawn_at: datetime | None
    withdrawal_reason: str | None
    differences: list[DifferenceView]


class BaselineView(View):
    """What was approved and what has come to differ from it; null before the approval."""

    project_id: UUID
    baseline: FrozenView | None
    changes: list[ComparisonView]
    contracted_yuan: Decimal
