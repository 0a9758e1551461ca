"""Reading and finding what the handlers work on. Nothing here commits."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, update
from sqlmodel import Session, and_, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from govproject.errors import NotFound
from govproject.persistence.sql import database_seconds, insert
from govproject.persistence.tables import Obligation, core
from govproject.terms import FileClass, Fixity
from govproject_archive.lifecycle import VolumeState
from govproject_archive.tables import (
    AbsenceConfirmation,
    AbsentPaper,
    ArchiveCheck,
    ArchivedFile,
    ContractTerm,
    DueFile,
    DuePaper,
    DueProcessFile,
    EngagedSupervisor,
    HandoverCounter,
    InStep,
    ProcessFile,
    Project,
    SupervisionOpinion,
    UnfulfilledContract,
    UnitArchive,
    Volume,
    VolumeAct,
    VolumeItem,
)

_PROJECT = core(Project)
_COUNTER = core(HandoverCounter)
_FILE = core(ArchivedFile)


def project_or_new(session: Session, project_id: UUID) -> Project:
    """The project's row, locked; made when its first event arrives, from whichever producer."""
    # Two consumers may meet at a new project: the loser must find the row, not fail.
    session.execute(insert(session, _PROJECT).values(id=project_id).on_conflict_do_nothing())
    return session.get_one(Project, project_id, with_for_update=True)


def project(session: Session, project_id: UUID) -> Project:
    """One project, known here once its declaration has arrived. Raises NotFound."""
    row = session.get(Project, project_id)
    if row is None or row.unit is None:
        raise NotFound("not_found", "项目不存在，或其申报信息尚未送达。", id=str(project_id))
    return row


def projects(unit: str | None) -> SelectOfScalar[Project]:
    """All declared projects, or one unit's."""
    query = select(Project).where(col(Project.unit).is_not(None))
    return query if unit is None else query.where(Project.unit == unit)


def due_files(session: Session, project_id: UUID) -> Sequence[DueFile]:
    """What of the project's files has fallen due and is asked for, first to last."""
    void = _mistaken(session, project_id)
    return [row for row in fallen_due(session, project_id) if row.record not in void]


def fallen_due(session: Session, project_id: UUID) -> Sequence[DueFile]:
    """The same with what a contract brought that should not have been recorded."""
    return session.exec(
        select(DueFile)
        .where(DueFile.project_id == project_id)
        .order_by(col(DueFile.due_on), col(DueFile.file_class), col(DueFile.record))
    ).all()


def due_process_files(session: Session, project_id: UUID) -> Sequence[DueProcessFile]:
    """The process material that the project's milestones ask for, first to last."""
    void = _mistaken(session, project_id)
    rows = session.exec(
        select(DueProcessFile)
        .where(DueProcessFile.project_id == project_id)
        .order_by(col(DueProcessFile.reached_on), col(DueProcessFile.record))
    )
    return [row for row in rows if row.record not in void]


def process_files_of_record(
    session: Session, project_id: UUID, record: str
) -> Sequence[DueProcessFile]:
    """The process material that one contract has asked for, asked for still or not."""
    return session.exec(
        select(DueProcessFile).where(
            DueProcessFile.project_id == project_id, DueProcessFile.record == record
        )
    ).all()


def next_with_material_duty(session: Session, rule: str, after: UUID | None) -> Project | None:
    """The next declared project that owes material by a rule or may lack the duty of a milestone.

    Locked. What was uploaded before its milestone has no duty either.
    """
    without = select(DueProcessFile.project_id).where(col(DueProcessFile.obligation_id).is_(None))
    owing = select(Obligation.project_id).where(
        Obligation.rule == rule, col(Obligation.closed_at).is_(None)
    )
    query = select(Project).where(
        col(Project.unit).is_not(None),
        or_(
            and_(col(Project.decommissioned_at).is_(None), col(Project.id).in_(without)),
            col(Project.id).in_(owing),
        ),
    )
    if after is not None:
        query = query.where(col(Project.id) > after)
    return session.exec(query.order_by(col(Project.id)).limit(1).with_for_update()).first()


def due_papers(session: Session, project_id: UUID) -> Sequence[DuePaper]:
    """The papers that the project's classes have to hold, first to last."""
    void = _mistaken(session, project_id)
    rows = session.exec(
        select(DuePaper)
        .where(DuePaper.project_id == project_id)
        .order_by(col(DuePaper.since), col(DuePaper.kind), col(DuePaper.record))
    )
    return [row for row in rows if row.record not in void]


def absent_papers(session: Session, project_id: UUID) -> Sequence[AbsentPaper]:
    """All words of the unit that a paper does not exist, the withdrawn ones too, oldest first."""
    return session.exec(
        select(AbsentPaper)
        .where(AbsentPaper.project_id == project_id)
        .order_by(col(AbsentPaper.id))
    ).all()


def absence_confirmations(session: Session, project_id: UUID) -> dict[UUID, AbsenceConfirmation]:
    """What was confirmed of the project's absent papers, by id."""
    rows = session.exec(
        select(AbsenceConfirmation).where(AbsenceConfirmation.project_id == project_id)
    )
    return {row.id: row for row in rows}


def contract_terms(session: Session, project_id: UUID) -> dict[UUID, date]:
    """By when each of the project's contracts is to be fulfilled, as far as that was told."""
    rows = session.exec(select(ContractTerm).where(ContractTerm.project_id == project_id))
    return {row.contract_id: row.ends_on for row in rows}


def unfulfilled_contracts(session: Session, project_id: UUID) -> set[UUID]:
    """Under which of the project's contracts nothing was done, as far as that was told."""
    return set(
        session.exec(
            select(UnfulfilledContract.contract_id).where(
                UnfulfilledContract.project_id == project_id
            )
        )
    )


def engaged_supervisors(session: Session, project_id: UUID) -> dict[str, str | None]:
    """Whom each contract engages to supervise, by the record that names the contract."""
    rows = session.exec(select(EngagedSupervisor).where(EngagedSupervisor.project_id == project_id))
    return {str(row.contract_id): row.supervisor for row in rows}


def _mistaken(session: Session, project_id: UUID) -> set[str]:
    """The contracts that should not have been recorded, as what they asked for names them."""
    rows = session.exec(
        select(UnfulfilledContract.contract_id).where(
            UnfulfilledContract.project_id == project_id,
            col(UnfulfilledContract.recorded_by_mistake).is_(True),
        )
    )
    return {str(contract_id) for contract_id in rows}


def archived_items(session: Session, project_id: UUID) -> Sequence[VolumeItem]:
    """What is in the project's volumes that were handed over, phases included."""
    return session.exec(
        select(VolumeItem)
        .join(Volume, col(Volume.id) == col(VolumeItem.volume_id))
        .where(Volume.project_id == project_id, Volume.state == VolumeState.HANDED_OVER)
        .order_by(col(VolumeItem.volume_id), col(VolumeItem.position))
    ).all()


def process_files(session: Session, project_id: UUID) -> Sequence[ProcessFile]:
    """The process material that was uploaded, oldest first."""
    return session.exec(
        select(ProcessFile)
        .where(ProcessFile.project_id == project_id)
        .order_by(col(ProcessFile.id))
    ).all()


def counted_process_files(session: Session, project_id: UUID) -> list[ProcessFile]:
    """The same without what names a contract that should not have been recorded."""
    void = _mistaken(session, project_id)
    return [
        file for file in process_files(session, project_id) if str(file.contract_id) not in void
    ]


def unit_archive(session: Session, unit: str) -> UnitArchive | None:
    """How the unit organises its project archives, by its latest record."""
    return session.exec(
        select(UnitArchive)
        .where(UnitArchive.unit == unit)
        .order_by(col(UnitArchive.id).desc())
        .limit(1)
    ).one_or_none()


def in_step(session: Session, project_id: UUID) -> Sequence[InStep]:
    """Where the project's archive work is written down, oldest first."""
    return session.exec(
        select(InStep).where(InStep.project_id == project_id).order_by(col(InStep.id))
    ).all()


def unit_archives(unit: str | None) -> SelectOfScalar[UnitArchive]:
    """All units' records, or one unit's."""
    query = select(UnitArchive)
    return query if unit is None else query.where(UnitArchive.unit == unit)


def supervision_opinion(session: Session, opinion_id: UUID) -> SupervisionOpinion:
    """One opinion. Raises NotFound."""
    row = session.get(SupervisionOpinion, opinion_id)
    if row is None:
        raise NotFound("not_found", "监督指导意见不存在。", id=str(opinion_id))
    return row


def supervision_opinions(project_id: UUID) -> SelectOfScalar[SupervisionOpinion]:
    """What was said of the project's archive."""
    return select(SupervisionOpinion).where(SupervisionOpinion.project_id == project_id)


def volume(session: Session, volume_id: UUID) -> Volume:
    """One volume. Raises NotFound."""
    row = session.get(Volume, volume_id)
    if row is None:
        raise NotFound("not_found", "案卷不存在。", id=str(volume_id))
    return row


def volumes(project_id: UUID) -> SelectOfScalar[Volume]:
    """The project's volumes."""
    return select(Volume).where(Volume.project_id == project_id)


def next_volume_number(session: Session, project_id: UUID, file_class: FileClass) -> int:
    """The next number in a class; the project's row is locked, so that none is given twice."""
    session.get_one(Project, project_id, with_for_update=True)
    last: int | None = session.execute(
        select(func.max(Volume.number)).where(
            Volume.project_id == project_id, Volume.file_class == file_class
        )
    ).scalar_one()
    return (last or 0) + 1


def items(session: Session, volume_id: UUID) -> Sequence[VolumeItem]:
    """The volume's catalogue, in order."""
    return session.exec(
        select(VolumeItem)
        .where(VolumeItem.volume_id == volume_id)
        .order_by(col(VolumeItem.position))
    ).all()


def same_files(
    session: Session, project_id: UUID, digests: Collection[str]
) -> Sequence[tuple[Volume, VolumeItem]]:
    """Where files of these contents are in the project's volumes, the withdrawn ones left out."""
    return session.exec(
        select(Volume, VolumeItem)
        .join(VolumeItem, col(VolumeItem.volume_id) == col(Volume.id))
        .where(
            Volume.project_id == project_id,
            Volume.state != VolumeState.WITHDRAWN,
            col(VolumeItem.sha256).in_(digests),
        )
        .order_by(col(Volume.id), col(VolumeItem.position))
    ).all()


def acts(session: Session, volume_id: UUID) -> Sequence[VolumeAct]:
    """What was done with the volume, in order."""
    return session.exec(
        select(VolumeAct).where(VolumeAct.volume_id == volume_id).order_by(col(VolumeAct.number))
    ).all()


def next_handover_number(session: Session, year: int) -> str:
    """The next number of the year's handover lists; none is given twice."""
    # The upsert locks the year until the commit, so a number that is rolled back is given again.
    number = session.execute(
        insert(session, _COUNTER)
        .values(year=year, last=1)
        .on_conflict_do_update(index_elements=[_COUNTER.c.year], set_={"last": _COUNTER.c.last + 1})
        .returning(_COUNTER.c.last)
    ).scalar_one()
    return f"JJ-{year}-{number:06}"


def checks(project_id: UUID) -> SelectOfScalar[ArchiveCheck]:
    """The project's archive checks."""
    return select(ArchiveCheck).where(ArchiveCheck.project_id == project_id)


def last_check(session: Session, project_id: UUID) -> ArchiveCheck | None:
    """The project's latest archive check."""
    return session.exec(
        checks(project_id).order_by(col(ArchiveCheck.id).desc()).limit(1)
    ).one_or_none()


def is_audit_due(session: Session, now: datetime) -> bool:
    """Whether any file is to be audited."""
    first = select(ArchivedFile.id).where(col(ArchivedFile.due_at) <= now).limit(1)
    return session.exec(first).first() is not None


def claim_due(session: Session, now: datetime, seconds: float) -> ArchivedFile | None:
    """The file that is due for longest and that nobody is reading, claimed for some time."""
    moment: float = session.execute(select(database_seconds())).scalar_one()
    claimed_until = col(ArchivedFile.claimed_until)
    file = session.exec(
        select(ArchivedFile)
        .where(
            col(ArchivedFile.due_at) <= now,
            # A claim far in the future was made before the database's clock was set back.
            or_(claimed_until < moment, claimed_until > moment + 2 * seconds),
        )
        .order_by(col(ArchivedFile.due_at), col(ArchivedFile.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if file is not None:
        file.claimed_until = moment + seconds
    return file


def catalogued_digest(session: Session, file: ArchivedFile) -> str | None:
    """The SHA-256 that catalogue or process material have of a file."""
    if file.process_file_id is not None:
        return session.get_one(ProcessFile, file.process_file_id).sha256
    return session.get_one(VolumeItem, (file.volume_id, file.position)).sha256


def cap_due(session: Session, latest: datetime) -> None:
    """Let no file be due later than that."""
    session.execute(update(_FILE).where(_FILE.c.due_at > latest).values(due_at=latest))


def ask_for_audit(session: Session, project_id: UUID, at_once: datetime) -> None:
    """Make a project's files due, whoever is reading them; not those that are asked for already."""
    session.execute(
        update(_FILE)
        .where(_FILE.c.project_id == project_id, _FILE.c.due_at > at_once)
        .values(due_at=at_once, turn=_FILE.c.turn + 1, claimed_until=0.0)
    )


def audited_files(project_id: UUID | None) -> SelectOfScalar[ArchivedFile]:
    """All files that were audited, or one project's."""
    query = select(ArchivedFile).where(col(ArchivedFile.audit_id).is_not(None))
    return query if project_id is None else query.where(ArchivedFile.project_id == project_id)


def lost_files(project_id: UUID | None) -> SelectOfScalar[ArchivedFile]:
    """All files that are not intact, or one project's."""
    query = select(ArchivedFile).where(col(ArchivedFile.lost_at).is_not(None))
    return query if project_id is None else query.where(ArchivedFile.project_id == project_id)


def files_by_fixity(session: Session, project_id: UUID) -> dict[Fixity | None, int]:
    """How many of a project's files were found how; None: not audited yet."""
    rows = session.execute(
        select(_FILE.c.fixity, func.count())
        .where(_FILE.c.project_id == project_id)
        .group_by(_FILE.c.fixity)
    )
    return dict(rows.all())


def files_lost(session: Session, project_id: UUID) -> int:
    """How many of a project's files are not intact."""
    lost: int = session.execute(
        select(func.count()).where(_FILE.c.project_id == project_id, _FILE.c.lost_at.is_not(None))
    ).scalar_one()
    return lost


def lost_by_fixity(session: Session) -> dict[Fixity, int]:
    """How many files are not intact, and how they were found."""
    rows = session.execute(
        select(_FILE.c.fixity, func.count())
        .where(_FILE.c.lost_at.is_not(None))
        .group_by(_FILE.c.fixity)
    )
    return dict(rows.all())


def earliest_due(session: Session, at_once: datetime) -> datetime | None:
    """When the first file is or was due, of those that nobody has asked for."""
    query = select(func.min(_FILE.c.due_at)).where(_FILE.c.due_at > at_once)
    due_at: datetime | None = session.execute(query).scalar_one()
    return due_at


def files_asked_for(session: Session, project_id: UUID, at_once: datetime) -> int:
    """How many of a project's files somebody has asked for and nobody has read yet."""
    query = select(func.count()).where(_FILE.c.project_id == project_id, _FILE.c.due_at == at_once)
    count: int = session.execute(query).scalar_one()
    return count


def items_not_stored(session: Session, project_id: UUID) -> dict[bool, int]:
    """How many entries of a project's archived catalogues are not in the store.

    By whether they have a digest: electronic files that are kept elsewhere, or paper.
    """
    has_digest = col(VolumeItem.sha256).is_not(None)
    rows = session.execute(
        select(has_digest, func.count())
        .join(Volume, col(Volume.id) == col(VolumeItem.volume_id))
        .where(
            Volume.project_id == project_id,
            Volume.state == VolumeState.HANDED_OVER,
            col(VolumeItem.file_id).is_(None),
        )
        .group_by(has_digest)
    )
    return {bool(digest): count for digest, count in rows}
