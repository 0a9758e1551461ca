"""What the API takes (commands) and answers (views). Validation of shape ends here."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from govproject.facts import Statements
from govproject.fields import Command, Flag, IsoDate, LongText, PositiveYuan, ShortText, View
from govproject.names import reference
from govproject.regulation.findings import Decision, Finding
from govproject.resources import Resources
from govproject.terms import (
    ContractClause,
    Department,
    DeploymentTarget,
    FilingStatus,
    PreReviewMaterial,
    ProjectKind,
    TenderInput,
    Track,
    Verdict,
)
from govproject_review.corrections import CorrectionReason, SupersededView
from govproject_review.examining import HandedIn
from govproject_review.expertise import PanelSummary
from govproject_review.lifecycle import ApplicationState, PreReviewState, Stage
from govproject_review.rules.article_02_exemption import PORTAL_POINT
from govproject_review.rules.article_07_pre_review import POINTS
from govproject_review.tendering import DocumentFile, TenderLink

Texts = Annotated[list[ShortText], Field(max_length=50)]
SomeFiles = Annotated[list[UUID], Field(min_length=1, max_length=50)]
PointName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
_PROJECT_CODE = r"^[0-9]{4}-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}$"


def _project_code(value: str) -> str:
    code = reference(value)
    if not re.fullmatch(_PROJECT_CODE.removesuffix("$"), code):
        raise PydanticCustomError(
            "project_code_format", "须为24位项目代码，写法如 2608-320902-04-01-123456"
        )
    return code


ProjectCode = Annotated[
    str,
    Field(examples=["2608-320902-04-01-123456"], json_schema_extra={"pattern": _PROJECT_CODE}),
    AfterValidator(_project_code),
]


class Material(Command):
    """One file of the materials for a pre-review (Art 8)."""

    kind: PreReviewMaterial
    file_id: UUID = Field(description="先经 POST /files 上传")


class SubmitPreReview(Command):
    """The materials for a round of pre-review, and what the unit declares with them (Arts 2, 8)."""

    files: Annotated[list[Material], Field(max_length=50)] = Field(
        default_factory=list, description="预审材料（第8条），每类一个文件，其他材料不限"
    )
    statements: Statements = Field(default_factory=Statements, description="项目单位声明")
    materials: Texts = Field(default=[], description="另行报送、不在此上传的材料名称")

    @model_validator(mode="after")
    def _one_of_a_kind(self) -> Self:
        kinds = [file.kind for file in self.files if file.kind is not PreReviewMaterial.OTHER]
        twice = dict.fromkeys(kind.zh for kind in kinds if kinds.count(kind) > 1)
        if twice:
            raise ValueError("每类材料只上传一个文件，请合并：" + "、".join(twice))
        return self


class ReviewPoints(Command):
    """The bureau's verdict: point by point, and reasons if the materials go back (Art 7)."""

    points: Annotated[dict[PointName, Flag], Field(max_length=50)] = Field(
        description=(
            f"重点审查各方面是否符合要求，第7条所列六项必填：{'、'.join(POINTS)}；"
            f"涉及移动端的另填 {PORTAL_POINT}（第2条）"
        ),
        json_schema_extra={"required": list(POINTS)},
    )
    reasons: Texts = Field(default=[], description="退回理由；不填表示通过")

    @model_validator(mode="after")
    def _all_six(self) -> Self:
        missing = [name for point, name in POINTS.items() if point not in self.points]
        if missing:
            raise ValueError("第7条六个方面须逐项审查，缺少：" + "、".join(missing))
        if not self.reasons and not all(self.points.values()):
            raise ValueError("有不符合要求的方面时须填写退回理由")
        return self


class GiveOpinion(Command):
    """A department's opinion; which department follows from who calls (Art 9)."""

    verdict: Verdict
    opinion: LongText
    because: CorrectionReason = None


class Answer(Command):
    """The unit's answer to a department."""

    answer: LongText
    because: CorrectionReason = None


class RecordFiscalEvaluation(Command):
    """The finance bureau's report (Art 10)."""

    report_number: ShortText
    evaluated_yuan: PositiveYuan


class ApplyForApproval(Command):
    """Project code and documents for approval (Art 11)."""

    project_code: ProjectCode = Field(description="江苏省投资项目在线审批监管平台项目代码")
    documents: SomeFiles = Field(description="报送的项目审批文件，先经 POST /files 上传")


class ApproveProject(Command):
    """The bureau's approval (Art 11)."""

    approval_number: ShortText
    approved_yuan: PositiveYuan
    approved_on: IsoDate | None = Field(
        default=None, description="批复日期，不早于各项评审和报送审批文件之日；不填为办理当日"
    )


class RecordEarlierApproval(Command):
    """An approval that was given before the system was in service (Arts 6, 11)."""

    approval_number: ShortText
    project_code: ProjectCode = Field(description="江苏省投资项目在线审批监管平台项目代码")
    approved_yuan: PositiveYuan
    approved_on: IsoDate
    file_id: UUID = Field(description="立项批复文件，先经 POST /files 上传")


class RecordTenderDocuments(Command):
    """The tender documents, and what they were compiled from (Art 11)."""

    documents: SomeFiles = Field(description="招标文件，先经 POST /files 上传")
    based_on: Annotated[list[TenderInput], Field(max_length=len(TenderInput))] = Field(
        default=[], description="编制招标文件所结合的材料（第11条）"
    )
    clauses: dict[ContractClause, ShortText] = Field(
        default={}, description="采购文件必备条款及其所在页码（第13条），五项均须明确"
    )


class Reason(Command):
    """A reason in words."""

    reason: LongText


class PreReviewView(View):
    """One round of pre-review."""

    id: UUID
    project_id: UUID
    round: int
    state: PreReviewState
    materials: list[str]
    files: list[HandedIn]
    statements: Statements
    findings: list[Finding]
    submitted_at: datetime
    points: dict[str, bool]
    reasons: list[str]
    verdict_findings: list[Finding]
    reviewed_at: datetime | None


class OpinionContentView(View):
    """What a department said and what the unit answered."""

    project_id: UUID
    department: Department
    revision: int
    verdict: Verdict
    opinion: str
    recorded_at: datetime
    answer: str | None
    answered_at: datetime | None


class EarlierOpinionView(OpinionContentView, SupersededView):
    """An opinion as it stood when another, or another answer, took its place."""


class OpinionView(OpinionContentView):
    """A department's present opinion, and those before it."""

    earlier: list[EarlierOpinionView]


class FiscalEvaluationView(View):
    """A report of the finance bureau."""

    id: UUID
    project_id: UUID
    round: int
    report_number: str
    evaluated_yuan: Decimal
    recorded_at: datetime


class RejectedApplicationView(SupersededView):
    """An application that was rejected, and then made again."""

    revision: int
    project_code: str
    documents: list[str]
    files: list[DocumentFile]
    submitted_at: datetime
    decided_at: datetime | None
    rejection_reason: str | None


class ApplicationView(View):
    """An application for approval and what was decided, on it and on those before it."""

    project_id: UUID
    revision: int
    state: ApplicationState
    project_code: str
    documents: list[str]
    files: list[DocumentFile]
    submitted_at: datetime
    decided_at: datetime | None
    rejection_reason: str | None
    approval_number: str | None
    approved_yuan: Decimal | None
    approved_on: date | None
    filing_form_due_on: date | None
    filing_form_due_provisional: bool
    decision: Decision | None
    earlier_file_id: UUID | None
    earlier: list[RejectedApplicationView]


class TenderView(View):
    """Tender documents on record, and what they rest on."""

    id: UUID
    project_id: UUID
    round: int
    documents: list[DocumentFile]
    clauses: dict[ContractClause, str]
    links: list[TenderLink]
    findings: list[Finding]
    recorded_at: datetime


class ProjectView(View):
    """A project as the review knows it."""

    id: UUID
    project_name: str
    unit: str
    kind: ProjectKind
    budget_yuan: Decimal
    track: Track
    city_system_ref: str | None
    plan_adopted_year: int | None
    deployment_target: DeploymentTarget | None
    standalone_basis: str | None
    cloud_plan: Resources | None
    rule_pack: str
    declared_at: datetime
    filing_status: FilingStatus | None
    decommissioned_at: datetime | None


class ProcessView(ProjectView):
    """A project with the present state of each step of its review."""

    stage: Stage
    pre_review: PreReviewView | None
    opinions: list[OpinionView]
    panel: PanelSummary | None
    fiscal_evaluation: FiscalEvaluationView | None
    application: ApplicationView | None
    tender: TenderView | None
