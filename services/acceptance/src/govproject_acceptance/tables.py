"""The service's own tables. No other service reads them.

What other services' events say of a project is in `projection`.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from govproject.persistence.types import Choice, Document, Money, UtcDateTime
from govproject.regulation.findings import Decision
from govproject.terms import (
    AcceptanceStage,
    DocumentFinding,
    EvaluationDimension,
    EvaluationGrade,
    FinalMaterial,
    ImplementationPlan,
    IndicatorSource,
    IssueKind,
    MobileOutcome,
    PreReviewMaterial,
    ReportSubject,
    SecurityMeasure,
    SelfEvaluationPart,
    Veto,
)
from govproject_acceptance.indicators import JudgedIndicator
from govproject_acceptance.issues import QuestionedDocument
from govproject_acceptance.papers import Paper, ReportedProject
from govproject_acceptance.people import FinalExpert, Member, Participant
from govproject_acceptance.projection import Table


class Plan(Table, table=True):
    """A plan of the implementation file, or why there is none; the last one counts (Art 14)."""

    __tablename__ = "implementation_plan"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    kind: ImplementationPlan = Field(sa_type=Choice(ImplementationPlan))
    paper: Paper | None = Field(sa_type=Document(Paper))
    not_applicable: str | None
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class Indicator(Table, table=True):
    """A main technical or efficiency indicator, and what fixes it (Art 19)."""

    __tablename__ = "indicator"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    name: str
    promised: str
    source: IndicatorSource = Field(sa_type=Choice(IndicatorSource))
    document: str
    paper: Paper = Field(sa_type=Document(Paper))
    change_id: UUID | None
    """The change that fixes it; one of `projection`, which intake alone fills."""
    replaced_by: UUID | None = None
    """The indicator that took its place; None: it holds."""
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class CompletionCorrection(Table, table=True):
    """A day of completion that was recorded wrongly, and what it was corrected to (Art 19)."""

    __tablename__ = "completion_correction"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    completed_on: date
    """The day that was on record."""
    corrected_to: date
    reason: str
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class PreliminaryRound(Table, table=True):
    """A preliminary acceptance meeting that was held (Art 19)."""

    __tablename__ = "preliminary_round"
    __table_args__ = (UniqueConstraint("project_id", "round"),)

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id")
    round: int
    held_on: date
    participants: list[Participant] = Field(sa_type=Document(list[Participant]))
    without_supervisor: bool
    opinion: str
    opinion_paper: Paper | None = Field(default=None, sa_type=Document(Paper))
    """The signed opinion; None only where an older build did not ask for it."""
    passed: bool
    reasons: list[str] = Field(sa_type=Document(list[str]))
    decision: Decision = Field(sa_type=Document(Decision))
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class MustFixItem(Table, table=True):
    """One entry of the rectification list of a preliminary acceptance (初验整改清单)."""

    __tablename__ = "must_fix_item"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    round_id: UUID = Field(foreign_key="preliminary_round.id")
    item: str
    fixed_on: date | None = None
    proof: str | None = None
    explained_on: date | None = None
    explanation: str | None = None


class Waiver(Table, table=True):
    """Why a step that depends on actual need is left out (Art 19)."""

    __tablename__ = "waiver"
    __table_args__ = (UniqueConstraint("project_id", "stage"),)

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id")
    stage: AcceptanceStage = Field(sa_type=Choice(AcceptanceStage))
    reason: str
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class ContractAbsence(Table, table=True):
    """Why a project has no contract at all (Art 12)."""

    __tablename__ = "contract_absence"

    project_id: UUID = Field(foreign_key="project.id", primary_key=True)
    reason: str
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class UncontractedPayment(Table, table=True):
    """A payment for the project without a contract on record, for what and why (Art 12)."""

    __tablename__ = "uncontracted_payment"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    amount_yuan: Decimal = Field(sa_type=Money)
    reason: str
    paper: Paper = Field(sa_type=Document(Paper))
    """What it was paid on."""
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class Trial(Table, table=True):
    """A trial operation; of several, the last one counts (Art 19)."""

    __tablename__ = "trial"
    __table_args__ = (UniqueConstraint("project_id", "number"),)

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id")
    number: int
    started_on: date
    earliest_end: date
    latest_end: date
    ended_on: date | None = None
    overrun_reason: str | None = None
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class TrialProblem(Table, table=True):
    """A problem that showed in a trial operation (试运行问题记录; Art 19)."""

    __tablename__ = "trial_problem"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    trial_id: UUID = Field(foreign_key="trial.id")
    problem: str
    found_on: date
    solved_on: date | None = None
    proof: str | None = None
    explained_on: date | None = None
    explanation: str | None = None


class Issue(Table, table=True):
    """A major issue, a dispute or an untrue document, until explained or settled (Art 19)."""

    __tablename__ = "issue"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    kind: IssueKind = Field(sa_type=Choice(IssueKind))
    happened_on: date
    issue: str
    explained_on: date | None = None
    explanation: str | None = None
    explanation_paper: Paper | None = Field(default=None, sa_type=Document(Paper))
    settled_on: date | None = None
    settlement: str | None = None
    settlement_paper: Paper | None = Field(default=None, sa_type=Document(Paper))
    settled_by: str | None = None
    """Who recorded that; None where an older build did not keep it."""
    finding: DocumentFinding | None = Field(default=None, sa_type=Choice(DocumentFinding))
    """Of an untrue document: what the bureau found last."""
    verified_on: date | None = None
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class DocumentVerification(Table, table=True):
    """What the bureau found of an untrue document on one day; the last one counts (Art 19)."""

    __tablename__ = "document_verification"

    id: UUID = Field(primary_key=True)
    issue_id: UUID = Field(foreign_key="issue.id", index=True)
    verified_on: date
    finding: DocumentFinding = Field(sa_type=Choice(DocumentFinding))
    conclusion: str
    paper: Paper = Field(sa_type=Document(Paper))
    recorded_by: str
    recorded_at: datetime | None = Field(sa_type=UtcDateTime)
    """When; None where an older build did not keep it."""


class AgencyReport(Table, table=True):
    """A qualified agency's test report (第三方测评报告; Art 19)."""

    __tablename__ = "agency_report"
    __table_args__ = (UniqueConstraint("project_id", "report_number"),)

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id")
    report_number: str
    agency: str
    qualification_number: str
    covers: list[ReportSubject] = Field(sa_type=Document(list[ReportSubject]))
    finished_on: date
    paper: Paper | None = Field(default=None, sa_type=Document(Paper))
    """The report itself; until it is there the report does not count."""
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class Guidance(Table, table=True):
    """The bureau's guidance of the final acceptance process (Art 19)."""

    __tablename__ = "guidance"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    agreed_on: date
    plan: str
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class LotRound(Table, table=True):
    """The acceptance of one lot of several, passed or not (Art 19)."""

    __tablename__ = "lot_round"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    contract_id: UUID = Field(foreign_key="contract.id")
    held_on: date
    opinion: str
    passed: bool
    reasons: list[str] = Field(sa_type=Document(list[str]))
    paper: Paper = Field(sa_type=Document(Paper))
    """The lot's acceptance documents."""
    decision: Decision = Field(sa_type=Document(Decision))
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class Material(Table, table=True):
    """Something that the experts of a final acceptance look at (Art 19)."""

    __tablename__ = "final_material"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    kind: FinalMaterial = Field(sa_type=Choice(FinalMaterial))
    paper: Paper = Field(sa_type=Document(Paper))
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class FinalRound(Table, table=True):
    """A final acceptance meeting that was held, passed or not (Arts 19, 20)."""

    __tablename__ = "final_round"
    __table_args__ = (UniqueConstraint("project_id", "round"),)

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id")
    round: int
    held_on: date
    experts: list[FinalExpert] = Field(sa_type=Document(list[FinalExpert]))
    external_experts: int
    votes_in_favour: int
    mobile: MobileOutcome | None = Field(default=None, sa_type=Choice(MobileOutcome))
    compared: dict[PreReviewMaterial, str] = Field(sa_type=Document(dict[PreReviewMaterial, str]))
    """What was found of each list that the pre-review has."""
    xinchuang: str | None = None
    """What was found of the Xinchuang route that the party office judged."""
    indicators: list[JudgedIndicator] | None = Field(
        default=None, sa_type=Document(list[JudgedIndicator])
    )
    """What was found of each indicator; None only where an older build did not ask for it."""
    questioned_documents: list[QuestionedDocument] | None = Field(
        default=None, sa_type=Document(list[QuestionedDocument])
    )
    """The documents called untrue and what the bureau had found of them, as known when this was
    recorded; None where an older build did not keep it."""
    vetoes: dict[Veto, bool] = Field(sa_type=Document(dict[Veto, bool]))
    opinion: str
    opinion_paper: Paper | None = Field(default=None, sa_type=Document(Paper))
    """The opinion that all experts signed; None only where an older build did not ask for it."""
    resolution_paper: Paper | None = Field(default=None, sa_type=Document(Paper))
    """The experts' resolution not to pass, with the count of votes."""
    passed: bool
    found: list[Veto] = Field(sa_type=Document(list[Veto]))
    reasons: list[str] = Field(sa_type=Document(list[str]))
    rectify_by: date | None
    settled_yuan: Decimal | None = Field(sa_type=Money)
    decision: Decision = Field(sa_type=Document(Decision))
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class Rectification(Table, table=True):
    """What was mended after a failed final for one of the cases it found (Art 20)."""

    __tablename__ = "rectification"
    __table_args__ = (UniqueConstraint("round_id", "veto"),)

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    round_id: UUID = Field(foreign_key="final_round.id")
    veto: Veto = Field(sa_type=Choice(Veto))
    rectified_on: date
    rectification: str
    paper: Paper = Field(sa_type=Document(Paper))
    """The proof."""
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class Operation(Table, table=True):
    """Who operates a system and how it is kept safe; changed in place (Arts 30, 32, 33)."""

    __tablename__ = "operation"

    project_id: UUID = Field(foreign_key="project.id", primary_key=True)
    operator: str | None
    user_unit: str | None
    in_service_since: date | None
    evaluable_from: date | None = Field(index=True)
    """The day on which it has been in service for a full year (Art 24)."""
    operation_rules: Paper | None = Field(sa_type=Document(Paper))
    security_rules: Paper | None = Field(sa_type=Document(Paper))
    security_body: str | None
    security_officer: str | None
    security_funds_yuan: Decimal | None = Field(default=None, sa_type=Money)
    measures: dict[SecurityMeasure, str] = Field(sa_type=Document(dict[SecurityMeasure, str]))
    outsourced: bool
    outsourcing_rules: Paper | None = Field(sa_type=Document(Paper))
    outsourcing_assessed_on: date | None
    outsourcing_risk: str | None
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class SelfEvaluation(Table, table=True):
    """A unit's evaluation of its own project, and what it mended after it (Arts 21, 23)."""

    __tablename__ = "self_evaluation"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    evaluated_on: date
    parts: dict[SelfEvaluationPart, str] = Field(sa_type=Document(dict[SelfEvaluationPart, str]))
    paper: Paper | None = Field(sa_type=Document(Paper))
    rectified_on: date | None = None
    rectification: str | None = None
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class Evaluation(Table, table=True):
    """The finance bureau's evaluation of a project (Arts 23, 24)."""

    __tablename__ = "evaluation"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    evaluated_on: date
    experts: list[Member] = Field(sa_type=Document(list[Member]))
    agencies: list[str] = Field(sa_type=Document(list[str]))
    dimensions: dict[EvaluationDimension, str] = Field(
        sa_type=Document(dict[EvaluationDimension, str])
    )
    grade: EvaluationGrade = Field(sa_type=Choice(EvaluationGrade))
    opinion: str
    paper: Paper | None = Field(sa_type=Document(Paper))
    decision: Decision = Field(sa_type=Document(Decision))
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class AnnualReport(Table, table=True):
    """A unit's yearly report on all its projects (Art 22)."""

    __tablename__ = "annual_report"
    __table_args__ = (UniqueConstraint("unit", "year"),)

    id: UUID = Field(primary_key=True)
    unit: str
    year: int
    summary: str
    paper: Paper = Field(sa_type=Document(Paper))
    projects: list[ReportedProject] = Field(sa_type=Document(list[ReportedProject]))
    due_on: date
    submitted_by: str
    submitted_at: datetime = Field(sa_type=UtcDateTime)
