"""What other services' events say of a project: the first part of the service's own tables.

Each table is filled by one producer alone, so it does not matter in which order events of different
producers arrive.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlmodel import Field, SQLModel

from govproject.fields import View
from govproject.persistence.tables import table_registry
from govproject.persistence.types import Choice, Document, Money, UtcDateTime
from govproject.terms import (
    ChangeAspect,
    ContractSubject,
    FileClass,
    FilingCondition,
    FilingStatus,
    MobileScope,
    PreReviewMaterial,
    ProjectKind,
    Track,
    Verdict,
)
from govproject_acceptance.lifecycle import AcceptanceState


class Table(SQLModel, registry=table_registry()):
    """Base of the service's tables."""


class IrregularTime(View):
    """From when to before when a filing was irregular; open until it is corrected (Art 27)."""

    found_on: date
    corrected_on: date | None = None


class Project(Table, table=True):
    """A declared project (from intake), and where its acceptance stands (our own)."""

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
    filing_submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was filed first; None if an older build took it in."""
    filing_accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    irregular_times: list[IrregularTime] = Field(
        default_factory=list, sa_type=Document(list[IrregularTime])
    )
    """When it was found irregular; empty where an older build took it in, too."""
    filing_conditions: list[FilingCondition] | None = Field(
        default=None, sa_type=Document(list[FilingCondition])
    )
    """What the filing declares of Art 26; None if an older build took it in."""
    internal_review_on: date | None = None
    """The earliest internal review that the filing records (Art 26); None like its conditions."""
    cloud_planned: bool = False
    """Whether it was declared, filed or changed with a plan of cloud resources (Art 14)."""
    decommissioned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    completed_on: date | None = None
    """The day on which construction was completed; our own, like `state`."""
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
    budget_before: Decimal | None = Field(default=None, sa_type=Money)
    """The project's amount when it was filed; None if an older build took the filing in."""
    approved: bool | None = None
    """Whether the bureau approved it; None if an older build took it in, which asked nobody."""


class Contract(Table, table=True):
    """A contract on record (from intake; Arts 13, 31). Both days make a file class due (Art 40)."""

    __tablename__ = "contract"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    contractor: str
    supervisor: str | None
    award_notice_on: date
    contract_filed_on: date
    free_ops_months: int
    amount_yuan: Decimal | None = Field(default=None, sa_type=Money)
    recorded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Neither is known if an older build took the contract in."""
    subject: ContractSubject | None = Field(default=None, sa_type=Choice(ContractSubject))
    """None like `recorded_at`."""
    terminated_on: date | None = None
    settled_yuan: Decimal | None = Field(default=None, sa_type=Money)
    """What is paid for a terminated one."""
    ends_on: date | None = None
    """The last day for completion (Art 15); None while intake has told none."""
    duty_id: UUID | None = None
    """The duty to complete by then; our own, and None where there was none to be opened."""

    def carries_out(self, kind: ProjectKind) -> bool:
        """Whether it carries a project of that kind out, as a lot does; an unknown subject does.

        One that was terminated does no longer.
        """
        return self.terminated_on is None and self.is_about(kind)

    def is_about(self, kind: ProjectKind) -> bool:
        """Whether it was awarded to carry a project of that kind out, in force or not."""
        return self.subject is None or self.subject.carries_out(kind)


def goods_only(lots: Sequence[Contract]) -> bool:
    """Whether all that carries a project out delivers goods; an unknown subject does not."""
    return bool(lots) and all(lot.subject is ContractSubject.GOODS for lot in lots)


class PreReview(Table, table=True):
    """What a passed pre-review says of what is to be built (from review; Arts 2, 8)."""

    __tablename__ = "pre_review"

    project_id: UUID = Field(primary_key=True)
    mobile: MobileScope | None = Field(default=None, sa_type=Choice(MobileScope))
    lists: list[PreReviewMaterial] | None = Field(
        default=None, sa_type=Document(list[PreReviewMaterial])
    )
    """The data lists and asset catalogues with entries. None like `mobile`: it is not known."""


class PartyOfficeOpinion(Table, table=True):
    """What the party office last said of cryptography and Xinchuang (from review; Art 9)."""

    __tablename__ = "party_office_opinion"

    project_id: UUID = Field(primary_key=True)
    verdict: Verdict = Field(sa_type=Choice(Verdict))
    opinion: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class Approval(Table, table=True):
    """The bureau's approval (from review; Art 11)."""

    __tablename__ = "approval"

    project_id: UUID = Field(primary_key=True)
    approval_number: str
    approved_yuan: Decimal = Field(sa_type=Money)
    approved_on: date
    cloud_planned: bool = False


class ArchiveCheck(Table, table=True):
    """An archive check (from archive; Art 19 veto 6), by the id of the event that reported it."""

    __tablename__ = "archive_check"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(index=True)
    passed: bool
    classes: list[FileClass] = Field(sa_type=Document(list[FileClass]))
    """What a passed check found archived."""
    covered: list[str] | None = Field(default=None, sa_type=Document(list[str]))
    """By which records it was due, as the event says; None of a check that does not say."""
    reasons: list[str] = Field(sa_type=Document(list[str]))
    checked_at: datetime = Field(sa_type=UtcDateTime)
