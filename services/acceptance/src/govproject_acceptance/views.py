"""What the API takes (commands) and answers (views). Validation of shape ends here."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from govproject.fields import Command, Flag, IsoDate, LongText, ShortText, View
from govproject.obligations.views import ObligationView
from govproject.regulation.findings import Decision, Finding
from govproject.terms import (
    AcceptanceStage,
    FilingStatus,
    ImplementationPlan,
    ParticipantRole,
    ProjectKind,
    Track,
)
from govproject_acceptance.completing import CompletionCorrectionView
from govproject_acceptance.finals import (
    FinalRoundView,
    GuidanceView,
    MaterialView,
    RectificationView,
)
from govproject_acceptance.follow_up import EvaluationView, OperationView, SelfEvaluationView
from govproject_acceptance.implementation import PlanView
from govproject_acceptance.indicators import IndicatorView
from govproject_acceptance.issues import IssueView
from govproject_acceptance.lifecycle import AcceptanceState
from govproject_acceptance.papers import Paper
from govproject_acceptance.people import Participant
from govproject_acceptance.reporting import ReportView
from govproject_acceptance.uncontracted import UncontractedPaymentView

Texts = Annotated[list[ShortText], Field(max_length=100)]


class HoldPreliminary(Command):
    """A preliminary acceptance meeting that was held (Art 19)."""

    held_on: IsoDate
    participants: Annotated[list[Participant], Field(max_length=100)]
    without_supervisor: Flag = Field(default=False, description="声明未聘请监理单位")
    opinion: LongText = Field(description="项目初步验收意见")
    opinion_file_id: UUID | None = Field(
        default=None, description="经参会各方签署的初步验收意见，先经 POST /files 上传"
    )
    passed: Flag
    reasons: Texts = Field(default_factory=list, description="不合格的理由")
    must_fix: Texts = Field(default_factory=list, description="初验整改清单")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.passed == bool(self.reasons):
            raise ValueError("初验不合格时须填写理由，且仅在不合格时填写")
        supervised = any(p.role is ParticipantRole.SUPERVISOR for p in self.participants)
        if self.without_supervisor and supervised:
            raise ValueError("声明未聘请监理单位，但参加人员中有监理单位")
        return self


class CloseMustFix(Command):
    """One entry of the rectification list is done."""

    fixed_on: IsoDate
    proof: LongText = Field(description="整改情况")


class Explain(Command):
    """Why an entry of a list is left as it is, for the experts to judge (Art 19)."""

    explained_on: IsoDate
    explanation: LongText


class WaiveStage(Command):
    """Why a step is left out according to actual need (Art 19)."""

    stage: Literal[AcceptanceStage.PRELIMINARY, AcceptanceStage.TRIAL]
    reason: LongText


class StartTrial(Command):
    """The first day of the trial operation; it may be recorded afterwards."""

    started_on: IsoDate


class EndTrial(Command):
    """The last day of the trial operation."""

    ended_on: IsoDate
    overrun_reason: LongText | None = Field(default=None, description="试运行超过6个月的原因")


class ExplainOverrun(Command):
    """Why the trial took longer than six months, said afterwards."""

    reason: LongText


class RecordProblem(Command):
    """A problem that showed in the trial operation (Art 19)."""

    problem: LongText
    found_on: IsoDate


class SolveProblem(Command):
    """A problem of the trial operation is solved."""

    solved_on: IsoDate
    proof: LongText = Field(description="解决情况")


class HoldLot(Command):
    """The acceptance of one lot of several (Art 19)."""

    contract_id: UUID = Field(description="标段对应的合同")
    held_on: IsoDate
    opinion: LongText = Field(description="标段验收意见")
    passed: Flag
    reasons: Texts = Field(default_factory=list, description="不合格的理由")
    file_id: UUID = Field(description="标段验收材料，先经 POST /files 上传")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.passed == bool(self.reasons):
            raise ValueError("标段验收不合格时须填写理由，且仅在不合格时填写")
        return self


class MustFixView(View):
    """One entry of a rectification list."""

    id: UUID
    project_id: UUID
    item: str
    fixed_on: date | None
    proof: str | None
    explained_on: date | None
    explanation: str | None


class PreliminaryView(View):
    """A preliminary acceptance meeting and its rectification list."""

    id: UUID
    project_id: UUID
    round: int
    held_on: date
    participants: list[Participant]
    without_supervisor: bool
    opinion: str
    opinion_paper: Paper | None
    passed: bool
    reasons: list[str]
    must_fix: list[MustFixView]
    decision: Decision


class WaiverView(View):
    """A step that is left out, and why."""

    id: UUID
    project_id: UUID
    stage: AcceptanceStage
    reason: str


class TrialView(View):
    """A trial operation and the days between which it may end."""

    id: UUID
    project_id: UUID
    number: int
    started_on: date
    earliest_end: date
    latest_end: date
    ended_on: date | None
    overrun_reason: str | None
    warnings: list[Finding] = Field(default_factory=list)


class ProblemView(View):
    """A problem that showed in a trial operation."""

    id: UUID
    project_id: UUID
    trial_id: UUID
    problem: str
    found_on: date
    solved_on: date | None
    proof: str | None
    explained_on: date | None
    explanation: str | None


class LotRoundView(View):
    """The acceptance of a lot and its outcome."""

    id: UUID
    project_id: UUID
    contract_id: UUID
    held_on: date
    opinion: str
    passed: bool
    reasons: list[str]
    paper: Paper
    decision: Decision


class LotView(View):
    """A lot, which is a contract of its own, and when it was accepted."""

    contract_id: UUID
    contractor: str
    accepted_on: date | None


class ProjectSummary(View):
    """A project in a list."""

    id: UUID
    project_name: str
    unit: str
    kind: ProjectKind
    budget_yuan: Decimal
    track: Track
    state: AcceptanceState
    completed_on: date | None
    decommissioned_at: datetime | None


class StageView(View):
    """Whether a project goes through a step of acceptance, and why."""

    stage: AcceptanceStage
    required: bool
    why: str


class NextStep(View):
    """What comes next, and what is still missing for it: the gate's answer on stored facts."""

    stage: AcceptanceStage
    decision: Decision


class AcceptanceView(ProjectSummary):
    """A project and all that is recorded about its acceptance."""

    rule_pack: str
    filing_status: FilingStatus
    approval_number: str | None
    no_contract_reason: str | None
    uncontracted_payments: list[UncontractedPaymentView]
    unfiled_changes: int
    archive_check_passed: bool | None
    stages: list[StageView]
    completion_corrections: list[CompletionCorrectionView]
    plans: list[PlanView]
    plans_missing: list[ImplementationPlan]
    indicators: list[IndicatorView]
    preliminary_rounds: list[PreliminaryView]
    waivers: list[WaiverView]
    trials: list[TrialView]
    trial_problems: list[ProblemView]
    issues: list[IssueView]
    test_reports: list[ReportView]
    guidance: list[GuidanceView]
    lots: list[LotView]
    lot_rounds: list[LotRoundView]
    final_materials: list[MaterialView]
    final_rounds: list[FinalRoundView]
    rectifications: list[RectificationView]
    obligations: list[ObligationView]
    operation: OperationView | None
    self_evaluations: list[SelfEvaluationView]
    evaluations: list[EvaluationView]
    next_step: NextStep | None
