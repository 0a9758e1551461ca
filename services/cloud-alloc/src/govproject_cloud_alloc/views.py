"""What the API takes (commands) and answers (views). Validation of shape ends here."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, model_validator

from govproject.fields import Command, Flag, IsoDate, LongText, ShortText, View
from govproject.messaging.knowing import Knowledge
from govproject.regulation.findings import Decision
from govproject.resources import MOST, Resources
from govproject.terms import FilingStatus, NetworkZone, Track
from govproject_cloud_alloc.lifecycle import (
    AllocationState,
    DisposalItem,
    IncidentSource,
    StayGround,
    SuspensionState,
)
from govproject_cloud_alloc.lines import ResourceLine, totals


class RequestAllocation(Command):
    """What a project asks of the government cloud."""

    project_id: UUID
    purpose: LongText
    network_zone: NetworkZone
    mlps_level: Annotated[int, Field(strict=True, ge=1, le=4)] = Field(title="等保级别")
    starts_on: IsoDate
    ends_on: IsoDate
    lines: Annotated[list[ResourceLine], Field(min_length=1, max_length=50)]

    @model_validator(mode="after")
    def _period(self) -> Self:
        if self.ends_on < self.starts_on:
            raise ValueError("使用期限的结束日期不能早于开始日期")
        return self

    @model_validator(mode="after")
    def _amount(self) -> Self:
        if totals(self.lines).beyond(MOST):
            raise ValueError("各行资源合计超出一次申请的上限（每项1000万）")
        return self


class ReleaseAllocation(Command):
    """The unit's proof that data and state assets were taken care of (Art 34)."""

    reason: LongText
    data_handed_over: Flag = Field(title="业务数据已导出或移交")
    data_wiped: Flag = Field(title="数据已清除")
    asset_ledger_updated: Flag = Field(title="国有资产台账已变更")


class ReportIncident(Command):
    """A network-security hazard or incident that was found (Art 32)."""

    found_by: IncidentSource = Field(description="由谁发现")
    found_on: IsoDate
    description: LongText


class HandleIncident(Command):
    """What was done about it (Art 32)."""

    handled_on: IsoDate
    measures: LongText = Field(description="处置措施和结果")


class RecordDisposal(Command):
    """Proof that data and state assets of a stopped system were taken care of (Art 34)."""

    proofs: dict[DisposalItem, LongText] = Field(
        description="逐项写明办理情况及凭证；不涉及的，写明理由"
    )

    @model_validator(mode="after")
    def _all_items(self) -> Self:
        missing = [item.zh for item in DisposalItem if item not in self.proofs]
        if missing:
            raise ValueError("国有资产处置须逐项办结（第34条），缺少：" + "；".join(missing))
        return self


class RecordExistingSystem(Command):
    """A system outside the district cloud, and the day for which its move is planned (Art 2)."""

    unit: ShortText
    system_name: ShortText
    located_at: ShortText = Field(description="现部署位置")
    move_planned_on: IsoDate = Field(description="计划迁移日期；细则未规定期限")


class ReplanMove(Command):
    """Another day for a move, and why."""

    move_planned_on: IsoDate
    reason: LongText


class CompleteMove(Command):
    """The system runs in the district cloud now."""

    moved_on: IsoDate
    proof: LongText = Field(description="迁移验证材料")


class WithdrawMove(Command):
    """A system that is not moved, and the document that says so (Arts 2, 34)."""

    ground: StayGround
    reason: LongText
    file_id: UUID = Field(description="国家规定文件，或系统停用的凭证；先经 POST /files 上传")
    sharing_plan_file_id: UUID | None = Field(
        default=None, description="单独建设的，数据共享和业务协同方案（第2条）"
    )

    @model_validator(mode="after")
    def _shares(self) -> Self:
        if self.ground is StayGround.STANDALONE and self.sharing_plan_file_id is None:
            raise ValueError("单独建设的，应当做好数据共享和业务协同工作（第2条），须附方案")
        return self


class KnowledgeView(View):
    """The knowledge of each source, and the age that counts: the oldest."""

    sources: list[Knowledge]
    age_minutes: int | None
    max_age_minutes: int


class AllocationView(View):
    """An allocation with the decision it rests on."""

    id: UUID
    project_id: UUID
    unit: str
    purpose: str
    network_zone: NetworkZone
    mlps_level: int
    starts_on: date
    ends_on: date
    resources: Resources
    state: AllocationState
    decision_id: UUID
    decision: Decision
    requested_at: datetime


class SuspensionView(View):
    """A suspension order and where it stands."""

    order_id: UUID
    project_id: UUID
    reason: str
    state: SuspensionState
    proposed_at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None


class IncidentView(View):
    """A hazard or incident and whether it was handled."""

    id: UUID
    project_id: UUID
    found_by: IncidentSource
    found_on: date
    description: str
    reported_at: datetime
    handled_on: date | None
    measures: str | None


class DisposalView(View):
    """What is still to be done about a stopped system, or the proof that all was done."""

    project_id: UUID
    decommissioned_at: datetime
    held: list[UUID] = Field(description="尚未释放的资源申请")
    proofs: dict[DisposalItem, str]
    recorded_at: datetime | None
    complete: bool


class ExistingSystemView(View):
    """A system outside the district cloud, and its move."""

    id: UUID
    unit: str
    system_name: str
    located_at: str
    move_planned_on: date
    plan_note: str | None
    moved_on: date | None
    proof: str | None
    withdrawn_ground: StayGround | None
    withdrawn_reason: str | None
    withdrawn_file_id: UUID | None
    sharing_plan_file_id: UUID | None
    withdrawn_at: datetime | None
    overdue: bool = Field(description="已过计划日期而未迁移")


class KnownProject(View):
    """A project in a list."""

    id: UUID
    project_name: str | None
    unit: str | None


class StandingView(View):
    """What the gate knows of a project."""

    project_id: UUID
    project_name: str | None
    unit: str | None
    track: Track | None
    city_system_ref: str | None
    filing_status: FilingStatus
    approval_number: str | None
    planned: Resources | None
    in_use: Resources
    suspended_by: UUID | None
    open_incidents: list[IncidentView] = Field(description="尚未处置的网络安全隐患和事件（第32条）")
    decommissioned_at: datetime | None
    positions: dict[str, int] = Field(description="每个来源已处理到该项目的第几条事件")
    backlog: int
    knowledge: KnowledgeView


class DecisionLogView(View):
    """One link of the decision log."""

    number: int
    id: UUID
    project_id: UUID
    asked_by: str
    decided_at: datetime
    content: dict[str, Any]
    previous_digest: str
    digest: str


class VerificationView(View):
    """The outcome of walking the chain; `first_broken` is the number of the first bad link."""

    links: int
    first_broken: int | None
    head: str


class CloudWorkView(View):
    """One thing the cloud was told to do."""

    key: str
    allocation_id: UUID
    action: str
    done: bool
    attempts: int
    proof: dict[str, Any] | None
    error: str | None
