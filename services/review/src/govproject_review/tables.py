"""The service's own tables. No other service reads them."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from govproject.facts import Result, Statements
from govproject.persistence.tables import table_registry
from govproject.persistence.types import Choice, Document, Money, UtcDateTime
from govproject.regulation.findings import Decision, Finding
from govproject.resources import Resources
from govproject.terms import (
    ChangeAspect,
    ContractClause,
    Department,
    DeploymentTarget,
    EvaluationGrade,
    FilingCondition,
    FilingStatus,
    LinkState,
    ProjectKind,
    Track,
    Verdict,
)
from govproject_review.draw import ExpertField, PoolEntry, Withdrawal
from govproject_review.examining import HandedIn
from govproject_review.lifecycle import ApplicationState, PanelState, PreReviewState
from govproject_review.rules.article_10_panel import Dimension
from govproject_review.tendering import DocumentFile, TenderLink


class Table(SQLModel, registry=table_registry()):
    """Base of the service's tables."""


class Project(Table, table=True):
    """A project as intake's events describe it; this service never changes it by itself."""

    __tablename__ = "project"

    id: UUID = Field(primary_key=True)
    project_name: str
    unit: str = Field(index=True)
    kind: ProjectKind = Field(sa_type=Choice(ProjectKind))
    budget_yuan: Decimal = Field(sa_type=Money)
    track: Track = Field(sa_type=Choice(Track))
    deployment_target: DeploymentTarget | None = Field(
        default=None, sa_type=Choice(DeploymentTarget)
    )
    """None for a project declared before this was kept here."""
    standalone_basis: str | None = None
    builds_system: bool = False
    """False for a project declared before this was kept here: its kind is asked then."""
    cloud_plan: Resources | None = Field(sa_type=Document(Resources))
    rule_pack: str
    declared_at: datetime = Field(sa_type=UtcDateTime)
    edition: int = 0
    """What the review is about: one more with every passed pre-review, and with every filed change
    of content, scale, amount or cloud resources. What was said of an earlier edition does not count
    any more."""
    city_system_ref: str | None = None
    plan_year: int | None = None
    """None for a project declared before links between projects were heard of here."""
    plan_adopted_year: int | None = None
    filing_status: FilingStatus | None = Field(default=None, sa_type=Choice(FilingStatus))
    """None while no filing was heard of, for a project declared before this was kept here."""
    filing_conditions: list[FilingCondition] | None = Field(
        default=None, sa_type=Document(list[FilingCondition])
    )
    """As last declared; None before a filing, and for one that precedes their being kept here."""
    decommissioned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ProjectLink(Table, table=True):
    """How a project is linked with an earlier one on its system (Art 25)."""

    __tablename__ = "project_link"

    project_id: UUID = Field(foreign_key="project.id", primary_key=True)
    related_id: UUID = Field(primary_key=True)
    related_name: str
    state: LinkState = Field(sa_type=Choice(LinkState))
    results: list[Result] = Field(sa_type=Document(list[Result]))
    """Of the earlier project, when the link was told; what came later is an `Evaluation`."""


class Evaluation(Table, table=True):
    """A result of a project's evaluation (Art 24), by its event."""

    __tablename__ = "evaluation"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    grade: EvaluationGrade = Field(sa_type=Choice(EvaluationGrade))
    evaluated_on: date


class PreReview(Table, table=True):
    """One round of pre-review: what the unit sent in and what the bureau said (Art 7)."""

    __tablename__ = "pre_review"
    __table_args__ = (UniqueConstraint("project_id", "round"),)

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id")
    round: int
    state: PreReviewState = Field(sa_type=Choice(PreReviewState))
    materials: list[str] = Field(sa_type=Document(list[str]))
    files: list[HandedIn] = Field(sa_type=Document(list[HandedIn]))
    statements: Statements = Field(sa_type=Document(Statements))
    findings: list[Finding] = Field(sa_type=Document(list[Finding]))
    """What the gate of the materials said when they were sent in."""
    submitted_at: datetime = Field(sa_type=UtcDateTime)
    edition: int = 0
    """The project's when the materials were sent in; from the verdict on, the one that passed."""
    points: dict[str, bool] = Field(sa_type=Document(dict[str, bool]))
    reasons: list[str] = Field(sa_type=Document(list[str]))
    verdict_findings: list[Finding] = Field(sa_type=Document(list[Finding]))
    """What both gates said when it passed."""
    reviewed_by: str | None = None
    reviewed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DeterminedChange(Table, table=True):
    """What a change touches, kept until it is filed and after (Art 28)."""

    __tablename__ = "determined_change"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id")
    aspects: list[ChangeAspect] = Field(sa_type=Document(list[ChangeAspect]))
    new_budget_yuan: Decimal | None = Field(default=None, sa_type=Money)
    filed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """None while it is open, and for one that was filed before this was kept here."""
    followed: bool = False
    """False for one that an older build put here, which may be filed all the same."""


class Superseded(Table):
    """What every record has that another took the place of; it is never changed again."""

    revision: int = Field(primary_key=True)
    superseded_at: datetime = Field(sa_type=UtcDateTime)
    superseded_by: str
    superseded_because: str


class OpinionContent(Table):
    """What a department said, and what the unit answered (Art 9)."""

    project_id: UUID = Field(foreign_key="project.id", primary_key=True)
    department: Department = Field(sa_type=Choice(Department), primary_key=True)
    verdict: Verdict = Field(sa_type=Choice(Verdict))
    opinion: str
    edition: int = 0
    """The project's when the opinion was given."""
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    answer: str | None = None
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DepartmentOpinion(OpinionContent, table=True):
    """A department's present opinion; those before it are `EarlierOpinion`s."""

    __tablename__ = "department_opinion"

    revision: int = 1
    """One more with every opinion, and every answer, that takes the place of another."""


class EarlierOpinion(OpinionContent, Superseded, table=True):
    """A department's opinion as it stood when another, or another answer, took its place."""

    __tablename__ = "earlier_opinion"


class EntryContent(Table):
    """What the pool says of an expert, and may say otherwise later (Art 10)."""

    account: str
    fields: list[ExpertField] = Field(sa_type=Document(list[ExpertField]))
    declared_conflicts: list[str] = Field(sa_type=Document(list[str]))
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    recorded_by: str | None = None
    """None for what an older build recorded, as its moment is."""
    recorded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Expert(EntryContent, table=True):
    """An expert of the municipal pool, as the bureau keeps it for drawing (Art 10).

    What the pool said before is kept as `EarlierEntry`.
    """

    __tablename__ = "expert"
    __table_args__ = (UniqueConstraint("name", "employer"),)

    id: UUID = Field(primary_key=True)
    name: str
    employer: str
    added_at: datetime = Field(sa_type=UtcDateTime)
    revision: int = 1


class EarlierEntry(EntryContent, Superseded, table=True):
    """What the pool said of an expert when it came to say something else."""

    __tablename__ = "earlier_entry"

    expert_id: UUID = Field(foreign_key="expert.id", primary_key=True)


class Panel(Table, table=True):
    """The record of one draw, from which its outcome follows, and its conclusion (Art 10)."""

    __tablename__ = "panel"
    __table_args__ = (UniqueConstraint("project_id", "round"),)

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id")
    round: int
    state: PanelState = Field(sa_type=Choice(PanelState))
    size: int
    fields: list[ExpertField] = Field(sa_type=Document(list[ExpertField]))
    parties: list[str] = Field(default_factory=list, sa_type=Document(list[str]))
    """Whose people step back besides the unit's."""
    seed: str
    pool: list[PoolEntry] = Field(sa_type=Document(list[PoolEntry]))
    withdrawals: list[Withdrawal] = Field(sa_type=Document(list[Withdrawal]))
    drawn_by: str
    drawn_at: datetime = Field(sa_type=UtcDateTime)
    attended: list[UUID] = Field(sa_type=Document(list[UUID]))
    concluded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    edition: int = 0
    """The project's when the panel concluded."""
    findings: list[Finding] = Field(sa_type=Document(list[Finding]))
    """What the gate said at the draw, and then at the conclusion."""


class SignedContent(Table):
    """What an expert signed (Art 10)."""

    panel_id: UUID = Field(foreign_key="panel.id", primary_key=True)
    expert_id: UUID = Field(foreign_key="expert.id", primary_key=True)
    in_favour: bool
    comments: dict[Dimension, str] = Field(sa_type=Document(dict[Dimension, str]))
    edition: int = 0
    """The project's when the opinion was signed."""
    signed_by: str
    signed_at: datetime = Field(sa_type=UtcDateTime)


class ExpertOpinion(SignedContent, table=True):
    """One expert's present opinion; those signed before it are `EarlierExpertOpinion`s."""

    __tablename__ = "expert_opinion"

    revision: int = 1


class EarlierExpertOpinion(SignedContent, Superseded, table=True):
    """An opinion that its expert signed and then replaced."""

    __tablename__ = "earlier_expert_opinion"


class FiscalEvaluation(Table, table=True):
    """A report of the finance bureau (Art 10); the latest one counts."""

    __tablename__ = "fiscal_evaluation"
    __table_args__ = (UniqueConstraint("project_id", "round"),)

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id")
    round: int
    report_number: str = Field(unique=True)
    evaluated_yuan: Decimal = Field(sa_type=Money)
    edition: int = 0
    """The project's when the report was recorded."""
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class Application(Table, table=True):
    """A project's last application for approval and the decision on it (Art 11)."""

    __tablename__ = "application"

    project_id: UUID = Field(foreign_key="project.id", primary_key=True)
    state: ApplicationState = Field(sa_type=Choice(ApplicationState))
    project_code: str = Field(unique=True)
    documents: list[str] = Field(sa_type=Document(list[str]))
    """The names of what was sent in."""
    files: list[DocumentFile] = Field(default_factory=list, sa_type=Document(list[DocumentFile]))
    """The same as files; none of what was sent in before they were asked for."""
    submitted_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rejection_reason: str | None = None
    approval_number: str | None = Field(default=None, unique=True)
    approved_yuan: Decimal | None = Field(default=None, sa_type=Money)
    approved_on: date | None = None
    decision: Decision | None = Field(default=None, sa_type=Document(Decision))
    earlier_file_id: UUID | None = None
    """The approval itself, where it was given before the system was in service."""
    revision: int = 1
    """Which application of the project it is; those before it are `RejectedApplication`s."""


class RejectedApplication(Superseded, table=True):
    """An application that was rejected, and then made again (Art 11)."""

    __tablename__ = "rejected_application"

    project_id: UUID = Field(foreign_key="project.id", primary_key=True)
    project_code: str
    documents: list[str] = Field(sa_type=Document(list[str]))
    files: list[DocumentFile] = Field(sa_type=Document(list[DocumentFile]))
    submitted_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rejection_reason: str | None = None


class Tender(Table, table=True):
    """Tender documents and what they were compiled from (Art 11); the latest count."""

    __tablename__ = "tender"
    __table_args__ = (UniqueConstraint("project_id", "round"),)

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id")
    round: int
    documents: list[DocumentFile] = Field(sa_type=Document(list[DocumentFile]))
    clauses: dict[ContractClause, str] = Field(
        default_factory=dict, sa_type=Document(dict[ContractClause, str])
    )
    links: list[TenderLink] = Field(sa_type=Document(list[TenderLink]))
    findings: list[Finding] = Field(sa_type=Document(list[Finding]))
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)
