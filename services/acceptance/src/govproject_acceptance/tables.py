"""The service's own tables. No other service reads them.

The first six are a projection: what other services' events say of a project. Each is filled by one
producer alone, so it does not matter in which order events of different producers arrive.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from govproject.persistence.tables import table_registry
from govproject.persistence.types import Choice, Document, Money, UtcDateTime
from govproject.regulation.findings import Decision
from govproject.terms import (
    AcceptanceStage,
    ChangeAspect,
    FileClass,
    FilingStatus,
    ProjectKind,
    ReliefKind,
    ReportSubject,
    Track,
    Veto,
)
from govproject_acceptance.lifecycle import AcceptanceState
from govproject_acceptance.people import FinalExpert, Participant


class Table(SQLModel, registry=table_registry()):
    """Base of the service's tables."""


class Project(Table, table=True):
    """A declared project (from intake), and where its acceptance stands (`state`, our own)."""

    __tablename__ = "project"

    id: UUID = Field(primary_key=True)
    project_name: str
    unit: str = Field(index=True)
    kind: ProjectKind = Field(sa_type=Choice(ProjectKind))
    budget_yuan: Decimal = Field(sa_type=Money)
    track: Track = Field(sa_type=Choice(Track))
    rule_pack: str
    declared_at: datetime = Field(sa_type=UtcDateTime)
    filing_status: FilingStatus = Field(default=FilingStatus.NONE, sa_type=Choice(FilingStatus))
    filing_accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decommissioned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    state: AcceptanceState = Field(
        default=AcceptanceState.BUILDING, sa_type=Choice(AcceptanceState)
    )


class Change(Table, table=True):
    """A determined change, filed or not (from intake; Art 28)."""

    __tablename__ = "change"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    aspects: list[ChangeAspect] = Field(sa_type=Document(list[ChangeAspect]))
    determined_at: datetime = Field(sa_type=UtcDateTime)
    filed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Contract(Table, table=True):
    """A contract on record (from intake; Arts 13, 31); both days make a file class due (Art 40)."""

    __tablename__ = "contract"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    contractor: str
    supervisor: str | None
    award_notice_on: date
    contract_filed_on: date
    free_ops_months: int


class ExceptionGrant(Table, table=True):
    """A recorded act of the bureau (from intake)."""

    __tablename__ = "exception_grant"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    rule: str
    kind: ReliefKind = Field(sa_type=Choice(ReliefKind))
    reason: str
    approver: str
    document: str
    expires_on: date


class Approval(Table, table=True):
    """The bureau's approval (from review; Art 11)."""

    __tablename__ = "approval"

    project_id: UUID = Field(primary_key=True)
    approval_number: str
    approved_yuan: Decimal = Field(sa_type=Money)
    approved_on: date


class ArchiveCheck(Table, table=True):
    """An archive check (from archive; Art 19 veto 6), by the id of the event that reported it."""

    __tablename__ = "archive_check"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(index=True)
    passed: bool
    classes: list[FileClass] = Field(sa_type=Document(list[FileClass]))
    """What a passed check found archived."""
    reasons: list[str] = Field(sa_type=Document(list[str]))
    checked_at: datetime = Field(sa_type=UtcDateTime)


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
    vetoes: dict[Veto, bool] = Field(sa_type=Document(dict[Veto, bool]))
    opinion: str
    passed: bool
    found: list[Veto] = Field(sa_type=Document(list[Veto]))
    reasons: list[str] = Field(sa_type=Document(list[str]))
    rectify_by: date | None
    settled_yuan: Decimal | None = Field(sa_type=Money)
    decision: Decision = Field(sa_type=Document(Decision))
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class Obligation(Table, table=True):
    """A duty that follows from final acceptance, open until proven done."""

    __tablename__ = "obligation"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    rule: str
    article: str
    quote: str
    task: str
    due_on: date | None
    due_provisional: bool
    runs_until_due: bool
    opened_at: datetime = Field(sa_type=UtcDateTime)
    proof: str | None = None
    closed_by: str | None = None
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
