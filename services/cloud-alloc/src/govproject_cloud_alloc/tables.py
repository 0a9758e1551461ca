"""The service's own tables: standings, allocations, suspensions, the decision log, cloud work."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel

from govproject.facts import Result
from govproject.persistence.tables import table_registry
from govproject.persistence.types import Choice, Document, Money, UtcDateTime
from govproject.regulation.findings import Decision
from govproject.resources import Resources
from govproject.terms import (
    DeploymentTarget,
    EvaluationGrade,
    FilingCondition,
    FilingStatus,
    LinkState,
    NetworkZone,
    ProjectKind,
    Track,
)
from govproject_cloud_alloc.lifecycle import (
    AllocationState,
    DisposalItem,
    IncidentSource,
    StayGround,
    SuspensionState,
)
from govproject_cloud_alloc.lines import ResourceLine


class Table(SQLModel, registry=table_registry()):
    """Base of the service's tables."""


class Standing(Table, table=True):
    """What the gate knows of a project: a projection of intake's and review's events.

    Events of the two producers arrive in any relative order, so every field may be unknown.
    """

    __tablename__ = "standing"

    project_id: UUID = Field(primary_key=True)
    project_name: str | None = None
    unit: str | None = Field(default=None, index=True)
    kind: ProjectKind | None = Field(default=None, sa_type=Choice(ProjectKind))
    budget_yuan: Decimal | None = Field(default=None, sa_type=Money)
    track: Track | None = Field(default=None, sa_type=Choice(Track))
    rule_pack: str | None = None
    plan_year: int | None = None
    """None for what was declared before this was kept; then no links are known either."""
    builds_system: bool = False
    deployment_target: DeploymentTarget = Field(
        default=DeploymentTarget.NONE, sa_type=Choice(DeploymentTarget)
    )
    standalone_basis: str | None = None
    city_system_ref: str | None = None
    filing_status: FilingStatus = Field(default=FilingStatus.NONE, sa_type=Choice(FilingStatus))
    accepted_before: bool = False
    """Its filing was found regular at least once."""
    filing_problems: list[str] = Field(default_factory=list, sa_type=Document(list[str]))
    filing_conditions: list[FilingCondition] = Field(
        default_factory=list, sa_type=Document(list[FilingCondition])
    )
    declared_plan: Resources | None = Field(default=None, sa_type=Document(Resources))
    filed_plan: Resources | None = Field(default=None, sa_type=Document(Resources))
    approved_plan: Resources | None = Field(default=None, sa_type=Document(Resources))
    changed_plan: Resources | None = Field(default=None, sa_type=Document(Resources))
    """The plan of the last change that the bureau approved, in intake's order."""
    approval_number: str | None = None
    decommissioned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ProjectLink(Table, table=True):
    """How a project is linked with an earlier one on its system (Art 25)."""

    __tablename__ = "project_link"

    project_id: UUID = Field(primary_key=True)
    related_id: UUID = Field(primary_key=True)
    related_name: str
    state: LinkState = Field(sa_type=Choice(LinkState))
    results: list[Result] = Field(sa_type=Document(list[Result]))
    """Of the earlier project, when the link was told; what came later is an `Evaluation`."""


class Evaluation(Table, table=True):
    """A result of a project's evaluation (Art 24), by its event."""

    __tablename__ = "evaluation"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(index=True)
    grade: EvaluationGrade = Field(sa_type=Choice(EvaluationGrade))
    evaluated_on: date


class Allocation(Table, table=True):
    """A request for resources and what became of it."""

    __tablename__ = "allocation"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(index=True)
    unit: str = Field(index=True)
    purpose: str
    network_zone: NetworkZone = Field(sa_type=Choice(NetworkZone))
    mlps_level: int
    starts_on: date
    ends_on: date
    lines: list[ResourceLine] = Field(sa_type=Document(list[ResourceLine]))
    resources: Resources = Field(sa_type=Document(Resources))
    state: AllocationState = Field(sa_type=Choice(AllocationState))
    decision_id: UUID
    decision: Decision = Field(sa_type=Document(Decision))
    requested_by: str
    requested_at: datetime = Field(sa_type=UtcDateTime)


class Suspension(Table, table=True):
    """A suspension proposed by a failed rectification; its id is the order's (Art 29)."""

    __tablename__ = "suspension"

    order_id: UUID = Field(primary_key=True)
    project_id: UUID = Field(index=True)
    reason: str
    state: SuspensionState = Field(sa_type=Choice(SuspensionState))
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_by: str | None = None
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Incident(Table, table=True):
    """A network-security hazard or incident of a project, open until it is handled (Art 32)."""

    __tablename__ = "incident"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(index=True)
    found_by: IncidentSource = Field(sa_type=Choice(IncidentSource))
    found_on: date
    description: str
    reported_by: str
    reported_at: datetime = Field(sa_type=UtcDateTime)
    handled_on: date | None = None
    measures: str | None = None
    closed_by: str | None = None
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Disposal(Table, table=True):
    """How data and state assets of a stopped system were taken care of (Art 34)."""

    __tablename__ = "disposal"

    project_id: UUID = Field(primary_key=True)
    proofs: dict[DisposalItem, str] = Field(sa_type=Document(dict[DisposalItem, str]))
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class ExistingSystem(Table, table=True):
    """A system that runs outside the district cloud, and its move there (Art 2)."""

    __tablename__ = "existing_system"
    __table_args__ = (UniqueConstraint("unit", "system_name"),)

    id: UUID = Field(primary_key=True)
    unit: str
    system_name: str
    located_at: str
    move_planned_on: date
    plan_note: str | None = None
    """Why the plan was put off, if it was."""
    moved_on: date | None = None
    proof: str | None = None
    withdrawn_ground: StayGround | None = Field(default=None, sa_type=Choice(StayGround))
    withdrawn_reason: str | None = None
    withdrawn_file_id: UUID | None = None
    sharing_plan_file_id: UUID | None = None
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)

    @property
    def waits(self) -> bool:
        """Whether it is still to be moved."""
        return self.moved_on is None and self.withdrawn_at is None


class LoggedDecision(Table, table=True):
    """One link of the decision log; `digest` covers everything here and the link before."""

    __tablename__ = "decision_log"

    number: int = Field(
        primary_key=True,
        sa_type=BigInteger().with_variant(Integer, "sqlite"),
        sa_column_kwargs={"autoincrement": False},
    )
    id: UUID = Field(unique=True)
    project_id: UUID = Field(index=True)
    asked_by: str
    decided_at: datetime = Field(sa_type=UtcDateTime)
    content: str
    previous_digest: str
    digest: str


class LogHead(Table, table=True):
    """The last link's number and digest; every decision updates it, so that the chain stays one."""

    __tablename__ = "decision_log_head"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: int = Field(sa_type=BigInteger)
    digest: str


class CloudWork(Table, table=True):
    """One thing the cloud must do, done outside of requests and repeated until it answers."""

    __tablename__ = "cloud_work"

    key: str = Field(primary_key=True)
    number: int = Field(sa_type=BigInteger, unique=True)
    allocation_id: UUID = Field(index=True)
    action: str
    done: bool = Field(default=False, index=True)
    attempts: int = 0
    next_attempt: datetime = Field(sa_type=UtcDateTime)
    proof: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    error: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
