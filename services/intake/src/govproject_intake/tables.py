"""The service's own tables. No other service reads them."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from govproject.documents.chapters import Seen
from govproject.facts import OptimisationInOps
from govproject.persistence.tables import table_registry
from govproject.persistence.types import Choice, Document, Money, UtcDateTime
from govproject.regulation.findings import Decision, Finding
from govproject.resources import Resources
from govproject.terms import (
    ChangeAspect,
    ConfidentialityNeed,
    ContractClause,
    ContractSubject,
    DeploymentTarget,
    EvaluationGrade,
    FilingCondition,
    FilingStatus,
    LinkState,
    MaintenanceItem,
    MaterialKind,
    MobileScope,
    PlanSection,
    ProcurementMethod,
    ProjectKind,
    ProjectScope,
    QualityPhase,
    Stage,
    Track,
)
from govproject_intake.checks import CheckItem, ItemFinding
from govproject_intake.lifecycle import (
    ConfirmationState,
    ConfirmationSubject,
    OrderGround,
    OrderState,
    PlanState,
)
from govproject_intake.parties import ExpertReview, Milestone, Person, PlannedMilestone, Signature


class Table(SQLModel, registry=table_registry()):
    """Base of the service's tables."""


class Project(Table, table=True):
    """A declared project and what has become of it."""

    __tablename__ = "project"

    id: UUID = Field(primary_key=True)
    scope: ProjectScope | None = Field(default=None, sa_type=Choice(ProjectScope))
    """What the unit declared; None for a project declared before this was asked."""
    project_name: str
    unit: str = Field(index=True)
    kind: ProjectKind = Field(sa_type=Choice(ProjectKind))
    budget_yuan: Decimal = Field(sa_type=Money)
    track: Track = Field(sa_type=Choice(Track))
    plan_year: int
    builds_system: bool
    deployment_target: DeploymentTarget = Field(sa_type=Choice(DeploymentTarget))
    standalone_basis: str | None
    system_name: str | None = None
    responsible_body: str
    responsible_person: str
    policy_basis: list[str] = Field(sa_type=Document(list[str]))
    first_period_note: str | None = None
    optimisation_in_ops: OptimisationInOps | None = Field(
        default=None, sa_type=Document(OptimisationInOps)
    )
    plan_sections: dict[PlanSection, Seen] = Field(sa_type=Document(dict[PlanSection, Seen]))
    """What its implementation plan contains, and where."""
    findings: list[Finding] = Field(default_factory=list, sa_type=Document(list[Finding]))
    """What its declaration was warned of; none kept for one declared before this was."""
    cloud_plan: Resources | None = Field(sa_type=Document(Resources))
    rule_pack: str
    declared_at: datetime = Field(sa_type=UtcDateTime)
    declared_by: str | None = None
    """The account; None for a project declared before this was kept."""
    city_system_ref: str | None = Field(default=None, unique=True)
    registered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    plan_adopted_year: int | None = None
    fiscal_report: str | None = None
    evaluated_yuan: Decimal | None = Field(default=None, sa_type=Money)
    """None also where the report came before its amount was kept."""
    approval_number: str | None = None
    pre_reviewed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the pre-review last passed or came back; None where this was not yet kept."""
    accepted_on: date | None = None
    decommissioned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Material(Table, table=True):
    """A file that was handed in with the declaration (Art 5)."""

    __tablename__ = "material"

    project_id: UUID = Field(foreign_key="project.id", primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """In the order of the declaration, from 1."""
    kind: MaterialKind = Field(sa_type=Choice(MaterialKind))
    file_id: UUID
    name: str
    sha256: str


class StageReached(Table, table=True):
    """When the project first came to a stage of its life (Art 6)."""

    __tablename__ = "stage_reached"

    project_id: UUID = Field(primary_key=True, foreign_key="project.id")
    stage: Stage = Field(primary_key=True, sa_type=Choice(Stage))
    reached_on: date


class ProjectLink(Table, table=True):
    """Two projects on one system: named by the unit or found by its name (Arts 25, 31)."""

    __tablename__ = "project_link"

    project_id: UUID = Field(foreign_key="project.id", primary_key=True)
    related_id: UUID = Field(foreign_key="project.id", primary_key=True, index=True)
    state: LinkState = Field(sa_type=Choice(LinkState))
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Evaluation(Table, table=True):
    """The finance bureau's result of an evaluation (Art 24), by its event."""

    __tablename__ = "evaluation"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    grade: EvaluationGrade = Field(sa_type=Choice(EvaluationGrade))
    evaluated_on: date


class AnnualPlan(Table, table=True):
    """One version of a year's plan; moments are null where nobody kept them (Art 5)."""

    __tablename__ = "annual_plan"

    plan_year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    state: PlanState = Field(sa_type=Choice(PlanState))
    reason: str | None = None
    """Why it was added to the version before."""
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    consolidated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    published_on: date | None = None


class PlanEntry(Table, table=True):
    """A project in a plan: in one only, from one version on (Art 5)."""

    __tablename__ = "plan_entry"

    project_id: UUID = Field(foreign_key="project.id", primary_key=True)
    plan_year: int = Field(index=True)
    version: int
    reason: str | None = None
    """Why the bureau takes it in; None of what is in time, and of what older builds took in, for
    which the version's holds."""
    findings: list[Finding] = Field(sa_type=Document(list[Finding]))
    """What the gate said when the project came in, and then when the version was published."""


class Filing(Table, table=True):
    """A project's filing; a correction changes it in place and events keep its history."""

    __tablename__ = "filing"
    __table_args__ = (UniqueConstraint("project_id"),)

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id")
    status: FilingStatus = Field(sa_type=Choice(FilingStatus))
    revision: int = 1
    """Rises with what the bureau has to look at anew: a correction, a changed amount or plan."""
    internal_review_on: date
    first_internal_review_on: date | None = None
    """Another review leaves it, for contracts were awarded by it (Art 6); a day that was wrong is
    replaced."""
    internal_review_record_file_id: UUID | None = None
    review_record_excused: bool = False
    """Found regular before its record was asked for, and not corrected since (Art 26)."""
    conditions: list[FilingCondition] = Field(sa_type=Document(list[FilingCondition]))
    irregular_reasons: list[str] = Field(sa_type=Document(list[str]))
    cloud_plan: Resources | None = Field(sa_type=Document(Resources))
    mobile: MobileScope | None = Field(default=None, sa_type=Choice(MobileScope))
    """None where it was filed before this was asked."""
    standalone_basis_file_id: UUID | None = None
    data_sharing_plan_file_id: UUID | None = None
    submitted_at: datetime = Field(sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_revision: int | None = None
    """The one that the bureau last found regular or not; None where this was not yet kept."""
    decision: Decision | None = Field(default=None, sa_type=Document(Decision))
    """The gate's answer with which it was last found regular."""


class Change(Table, table=True):
    """A determined change: filed, withdrawn or open (Arts 12, 28)."""

    __tablename__ = "change"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    aspects: list[ChangeAspect] = Field(sa_type=Document(list[ChangeAspect]))
    description: str
    new_budget_yuan: Decimal | None = Field(default=None, sa_type=Money)
    new_cloud_plan: Resources | None = Field(default=None, sa_type=Document(Resources))
    new_responsible_body: str | None = None
    new_responsible_person: str | None = None
    determined_at: datetime = Field(sa_type=UtcDateTime)
    approval_document: str | None = None
    """The bureau's, where the change touches what it had approved (Arts 18, 19)."""
    approved_on: date | None = None
    approved_by: str | None = None
    filed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the unit gave it up or the bureau declined it; then it is never filed."""
    withdrawn_by: str | None = None
    withdrawal_reason: str | None = None


class Baseline(Table, table=True):
    """What was approved, frozen at that moment (Art 18)."""

    __tablename__ = "baseline"

    project_id: UUID = Field(foreign_key="project.id", primary_key=True)
    approval_number: str
    project_code: str
    approved_on: date
    approved_yuan: Decimal = Field(sa_type=Money)
    fiscal_report: str | None
    project_name: str
    kind: ProjectKind = Field(sa_type=Choice(ProjectKind))
    builds_system: bool
    deployment_target: DeploymentTarget = Field(sa_type=Choice(DeploymentTarget))
    plan_name: str | None
    """The implementation plan that says what is built."""
    plan_sha256: str | None
    cloud_plan: Resources | None = Field(sa_type=Document(Resources))
    responsible_body: str
    responsible_person: str
    frozen_at: datetime = Field(sa_type=UtcDateTime)


class Contract(Table, table=True):
    """A contract on record (Arts 13, 31, 33)."""

    __tablename__ = "contract"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    subject: ContractSubject = Field(
        default=ContractSubject.CONSTRUCTION, sa_type=Choice(ContractSubject)
    )
    contract_number: str | None = None
    """None where none was asked for or given."""
    service_note: str | None = None
    """Why what is called a service is no building."""
    contractor: str
    supervisor: str | None
    amount_yuan: Decimal = Field(sa_type=Money)
    procurement_method: ProcurementMethod | None = Field(
        default=None, sa_type=Choice(ProcurementMethod)
    )
    """None where nobody asked, or the unit does not say."""
    procurement_reason: str | None = None
    """Why there was no open tender."""
    award_notice_on: date
    contract_filed_on: date
    free_ops_months: int
    clauses: dict[ContractClause, str] = Field(sa_type=Document(dict[ContractClause, str]))
    """Where in the contract each of them stands."""
    maintenance: dict[MaintenanceItem, str] = Field(sa_type=Document(dict[MaintenanceItem, str]))
    confidentiality_need: ConfidentialityNeed | None = Field(
        default=None, sa_type=Choice(ConfidentialityNeed)
    )
    nda_signed_on: date | None = None
    outsourced: bool = False
    """Also no where the unit does not say, and of what an older build was not told."""
    outsourcing_not_said: bool = False
    security_clause: str | None = None
    file_id: UUID | None = None
    award_notice_file_id: UUID | None = None
    ends_on: date | None = None
    """The last day for completion; an extension moves it (Art 15)."""
    personnel: list[Person] = Field(sa_type=Document(list[Person]))
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    terminated_on: date | None = None
    """The day on which it ended before it was fulfilled (Art 12)."""
    settled_yuan: Decimal | None = Field(default=None, sa_type=Money)
    """What is paid for what was done until then."""
    recorded_by_mistake: bool | None = None
    """Whether it should not be on record; None while it runs, or if an older build ended it."""
    termination_reason: str | None = None
    termination_file_id: UUID | None = None


class QualityControl(Table, table=True):
    """What unit and supervisor controlled in one phase (Art 16)."""

    __tablename__ = "quality_control"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    phase: QualityPhase = Field(sa_type=Choice(QualityPhase))
    controlled_on: date
    controlled_by: str
    supervised_by: str | None
    """None where no supervisor is engaged."""
    key_points: str
    result: str
    file_id: UUID
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class Schedule(Table, table=True):
    """One version of a contract's schedule (Art 15)."""

    __tablename__ = "schedule"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    id: UUID = Field(primary_key=True)
    contract_id: UUID = Field(foreign_key="contract.id")
    number: int
    """From 1; the highest is in force."""
    ends_on: date
    milestones: list[Milestone] = Field(sa_type=Document(list[Milestone]))
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class Confirmation(Table, table=True):
    """An extension or a change of personnel, until the parties confirmed it (Arts 15, 17)."""

    __tablename__ = "confirmation"

    id: UUID = Field(primary_key=True)
    contract_id: UUID = Field(foreign_key="contract.id", index=True)
    subject: ConfirmationSubject = Field(sa_type=Choice(ConfirmationSubject))
    state: ConfirmationState = Field(sa_type=Choice(ConfirmationState))
    reason: str
    late: bool
    """Asked for after the contract's last day."""
    new_ends_on: date | None = None
    milestones: list[PlannedMilestone] = Field(sa_type=Document(list[PlannedMilestone]))
    leaves: str | None = None
    joins: str | None = None
    signatures: list[Signature] = Field(sa_type=Document(list[Signature]))
    expert_review: ExpertReview | None = Field(default=None, sa_type=Document(ExpertReview))
    applied_at: datetime = Field(sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SpotCheck(Table, table=True):
    """A draw of filed projects to look at (Art 29)."""

    __tablename__ = "spot_check"

    id: UUID = Field(primary_key=True)
    occasion: str
    seed: str
    size: int
    population: list[UUID] = Field(sa_type=Document(list[UUID]))
    """All that could be drawn; with seed and size it proves what was."""
    drawn_by: str
    drawn_at: datetime = Field(sa_type=UtcDateTime)


class SpotCheckResult(Table, table=True):
    """What was found at a drawn project (Art 29)."""

    __tablename__ = "spot_check_result"

    spot_check_id: UUID = Field(foreign_key="spot_check.id", primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", primary_key=True)
    items: dict[CheckItem, ItemFinding] = Field(sa_type=Document(dict[CheckItem, ItemFinding]))
    inspector: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class RectificationOrder(Table, table=True):
    """An order to rectify and its outcome (Art 29)."""

    __tablename__ = "rectification_order"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    problem: str
    due_on: date
    state: OrderState = Field(sa_type=Choice(OrderState))
    outcome: str | None = None
    spot_check_id: UUID | None = None
    """The spot check that found the problem."""
    ground: OrderGround | None = Field(default=None, sa_type=Choice(OrderGround))
    """None where it was ordered before this was asked, or is not said."""
    ordered_by: str
    ordered_at: datetime = Field(sa_type=UtcDateTime)
    report: str | None = None
    """What the unit last said that it put right."""
    report_file_id: UUID | None = None
    reported_by: str | None = None
    reported_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    obligation_id: UUID | None = None
    """The unit's duty to report; the last one, if an inspection asked for more."""
