"""The service's own tables. No other service reads them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from govproject.persistence.tables import table_registry
from govproject.persistence.types import Choice, Document, UtcDateTime
from govproject.terms import (
    AccessClass,
    ArchivePlace,
    ArchiveProvision,
    FileClass,
    Fixity,
    PaperKind,
    ProcessFileKind,
    Retention,
)
from govproject_archive.lifecycle import CheckOutcome, VolumeState, VolumeStep
from govproject_archive.search_index import Kind
from govproject_archive.triggers import Trigger


class Table(SQLModel, registry=table_registry()):
    """Base of the service's tables."""


class Project(Table, table=True):
    """What other services' events say about a project; made by whichever arrives first."""

    __tablename__ = "project"

    id: UUID = Field(primary_key=True)
    project_name: str | None = None
    unit: str | None = Field(default=None, index=True)
    rule_pack: str | None = None
    supervisor: str | None = None
    final_passed_on: date | None = None
    decommissioned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When its unit reported that it is stopped or migrated."""


class DueFile(Table, table=True):
    """Files of one class that have fallen due by one record, once and for good (Art 40)."""

    __tablename__ = "due_file"

    project_id: UUID = Field(primary_key=True, foreign_key="project.id")
    file_class: FileClass = Field(primary_key=True, sa_type=Choice(FileClass))
    record: str = Field(primary_key=True)
    """Which contract, report or approval; empty where there is one only, or from an older build."""
    trigger: Trigger = Field(sa_type=Choice(Trigger))
    basis: str
    """The trigger in words, with the paper it rests on."""
    due_on: date
    """The day of the trigger; the news of it may come later."""
    recorded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was recorded where it happened; None if an older build took it in."""
    obligation_id: UUID | None = None
    """Of the duty to archive it in time; None where an older build opened none."""


class DueProcessFile(Table, table=True):
    """Process material of one kind that a record has asked for, once and for good (Art 18)."""

    # Not "due_process_file": an older build kept one row a kind there.
    __tablename__ = "due_material"

    project_id: UUID = Field(primary_key=True, foreign_key="project.id")
    kind: ProcessFileKind = Field(primary_key=True, sa_type=Choice(ProcessFileKind))
    record: str = Field(primary_key=True)
    """Which contract; empty where the project has one only, or from an older build."""
    basis: str
    """The milestone in words, with the paper it rests on."""
    reached_on: date
    obligation_id: UUID | None = None
    """Of the milestone's duty to upload it; None if it was there, or an older build asked."""


class DuePaper(Table, table=True):
    """A paper that a project has, and its class is incomplete without, once and for good (Art 39).

    What an older build took in has no rows: it did not ask.
    """

    __tablename__ = "due_paper"

    project_id: UUID = Field(primary_key=True, foreign_key="project.id")
    kind: PaperKind = Field(primary_key=True, sa_type=Choice(PaperKind))
    record: str = Field(primary_key=True)
    """Which contract, report or change; empty where the project has one only."""
    basis: str
    """What has happened, with the paper it rests on."""
    since: date
    """The day on which it happened."""


class AbsentPaper(Table, table=True):
    """A unit's word that a paper does not exist, and why; the latest that stands counts."""

    __tablename__ = "absent_paper"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    kind: PaperKind = Field(sa_type=Choice(PaperKind))
    record: str
    """As in `due_paper`."""
    reason: str
    declared_by: str | None = None
    """Whose word it is; None from an older build, which did not ask."""
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    confirmation_id: UUID | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the paper came to the archive after all."""
    archived_in: UUID | None = None
    """The volume with which it came."""


class AbsenceConfirmation(Table, table=True):
    """The word of who heads a unit's archives that papers of a project do not exist (Art 39).

    Which ones, they say themselves: a later word about the same paper is not confirmed by it.
    """

    __tablename__ = "absence_confirmation"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    confirmed_by: str
    reason: str
    file_id: UUID
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class ContractTerm(Table, table=True):
    """By when a contract is to be fulfilled, as it was told last; none of a terminated contract."""

    __tablename__ = "contract_term"

    contract_id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    ends_on: date


class EngagedSupervisor(Table, table=True):
    """Whom a contract engages to supervise the project; no row where an older build took it in."""

    __tablename__ = "engaged_supervisor"

    contract_id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    supervisor: str | None


class UnfulfilledContract(Table, table=True):
    """A contract that ended with nothing done under it, or should not have been recorded."""

    __tablename__ = "unfulfilled_contract"

    contract_id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    recorded_by_mistake: bool | None = None
    """Nothing is asked for because of such a one; None if an older build was told of its end."""


class ProcessFile(Table, table=True):
    """A file that was uploaded as the project went on (Art 18)."""

    __tablename__ = "process_file"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    kind: ProcessFileKind = Field(sa_type=Choice(ProcessFileKind))
    contract_id: UUID | None = None
    """Whose contract's it is; None where the unit did not say."""
    file_id: UUID
    name: str
    sha256: str
    uploaded_by: str
    uploaded_at: datetime = Field(sa_type=UtcDateTime)


class UnitArchive(Table, table=True):
    """How a unit organises its project archives; the latest record counts (Arts 35, 36, 42)."""

    __tablename__ = "unit_archive"

    id: UUID = Field(primary_key=True)
    unit: str = Field(index=True)
    head: str
    managed_by: str
    rules: str
    standards: str
    provided: dict[ArchiveProvision, str] = Field(sa_type=Document(dict[ArchiveProvision, str]))
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class InStep(Table, table=True):
    """Where a project's archive work is written down; of a place the latest counts (Art 37)."""

    __tablename__ = "in_step"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    place: ArchivePlace = Field(sa_type=Choice(ArchivePlace))
    basis: str
    """Document and passage."""
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class SupervisionOpinion(Table, table=True):
    """What the archive authority or a superior said of a project's archive (Art 35)."""

    __tablename__ = "supervision_opinion"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    opinion: str
    given_by: str
    given_at: datetime = Field(sa_type=UtcDateTime)
    answer: str | None = None
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Volume(Table, table=True):
    """Files of one class, put together under one title (Art 41)."""

    __tablename__ = "volume"
    __table_args__ = (Index("ix_volume_number", "project_id", "file_class", "number", unique=True),)

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    file_class: FileClass = Field(sa_type=Choice(FileClass))
    title: str
    state: VolumeState = Field(sa_type=Choice(VolumeState))
    item_count: int
    page_count: int
    number: int | None = None
    """Its place among the volumes of its class, from 1; None from an older build, as below."""
    retention: Retention | None = Field(default=None, sa_type=Choice(Retention))
    access: AccessClass | None = Field(default=None, sa_type=Choice(AccessClass))
    phased: bool = False
    """Handed over as a phase, before its class was due (Art 40)."""
    handover_number: str | None = Field(default=None, unique=True)
    handed_over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class VolumeItem(Table, table=True):
    """One entry of a volume's catalogue; it never changes."""

    __tablename__ = "volume_item"

    volume_id: UUID = Field(primary_key=True, foreign_key="volume.id")
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    title: str
    pages: int
    dated_on: date
    sha256: str | None = None
    file_id: UUID | None = None
    """Of the electronic file in the store; None for paper and for files kept elsewhere."""
    file_name: str | None = None
    kind: PaperKind | None = Field(default=None, sa_type=Choice(PaperKind))
    """None from an older build, which did not ask."""
    record: str | None = None
    """Which contract's, report's or change's it is; None where the unit did not say."""


class VolumeAct(Table, table=True):
    """Who took which step with a volume, and when; together they are its formalities (交接手续)."""

    __tablename__ = "volume_act"
    __table_args__ = (UniqueConstraint("volume_id", "step"),)

    volume_id: UUID = Field(primary_key=True, foreign_key="volume.id")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    step: VolumeStep = Field(sa_type=Choice(VolumeStep))
    person: str
    account: str
    at: datetime = Field(sa_type=UtcDateTime)
    counted: int | None = None
    reason: str | None = None


class HandoverCounter(Table, table=True):
    """The last handover number given in a year."""

    __tablename__ = "handover_counter"

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    last: int


class ArchiveCheck(Table, table=True):
    """An archive check and how it ended (Art 19 veto 6)."""

    __tablename__ = "archive_check"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    outcome: CheckOutcome = Field(sa_type=Choice(CheckOutcome))
    classes: list[FileClass] = Field(sa_type=Document(list[FileClass]))
    reasons: list[str] = Field(sa_type=Document(list[str]))
    supplementary: bool
    """After final acceptance."""
    covered: list[str] | None = Field(default=None, sa_type=Document(list[str]))
    """Class and record of all that was due; None if an older build wrote it."""
    inspector: str
    account: str
    checked_at: datetime = Field(sa_type=UtcDateTime)


class ArchivedFile(Table, table=True):
    """An electronic file in the archive, and how its last audit found it.

    Made when its volume is handed over, or when it is uploaded as process material.
    """

    __tablename__ = "archived_file"
    __table_args__ = (
        ForeignKeyConstraint(
            ["volume_id", "position"], ["volume_item.volume_id", "volume_item.position"]
        ),
        UniqueConstraint("volume_id", "position"),
        Index("ix_archived_file_due", "due_at", "id"),
        Index(
            "ix_archived_file_lost",
            "id",
            sqlite_where=text("lost_at IS NOT NULL"),
            postgresql_where=text("lost_at IS NOT NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(foreign_key="project.id", index=True)
    volume_id: UUID | None = None
    position: int | None = None
    process_file_id: UUID | None = Field(default=None, foreign_key="process_file.id", unique=True)
    title: str
    file_id: UUID
    """Of the record of the file that was handed in; its content is in the store."""
    due_at: datetime = Field(sa_type=UtcDateTime)
    """From when on it is to be audited; `AT_ONCE` when somebody has asked for it."""
    claimed_until: float = Field(default=0.0, sa_type=Double)
    """Seconds since 1970 by the database's clock, until which a worker is reading it."""
    turn: int = 0
    """Changes with every audit and every request: what was read in an earlier turn is no news."""
    audit_id: UUID | None = Field(default=None, unique=True)
    """Of the last audit; they sort by time."""
    audited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    fixity: Fixity | None = Field(default=None, sa_type=Choice(Fixity))
    lost_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Of the first audit since which it is not intact."""


class SearchEntry(Table, table=True):
    """Something that a search may find; written by `search_index` alone."""

    __tablename__ = "search_entry"
    __table_args__ = (
        UniqueConstraint("source_id", "kind", "position"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(
        default=None, primary_key=True, sa_type=BigInteger().with_variant(Integer, "sqlite")
    )
    kind: Kind = Field(sa_type=Choice(Kind))
    source_id: UUID
    """Of the project, the volume (of its files, too) or the process file."""
    position: int
    """Of a file in its volume; 0 for anything else."""
    project_id: UUID
    unit: str
    file_class: FileClass | None = Field(sa_type=Choice(FileClass))
    dated_on: date | None
    title: str
    folded: str
    """Where words are looked for."""
