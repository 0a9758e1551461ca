"""Reading and finding what the handlers work on. Nothing here commits."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from govproject.errors import NotFound
from govproject.persistence.sql import insert
from govproject.persistence.tables import core
from govproject_archive.tables import (
    ArchiveCheck,
    DueFile,
    DueProcessFile,
    HandoverCounter,
    InStep,
    ProcessFile,
    Project,
    SupervisionOpinion,
    UnitArchive,
    Volume,
    VolumeAct,
    VolumeItem,
)

_PROJECT = core(Project)
_COUNTER = core(HandoverCounter)


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
    """What of the project's files has fallen due, first to last."""
    return session.exec(
        select(DueFile)
        .where(DueFile.project_id == project_id)
        .order_by(col(DueFile.due_on), col(DueFile.file_class), col(DueFile.record))
    ).all()


def due_process_file(session: Session, key: tuple[UUID, str]) -> DueProcessFile | None:
    """The project's kind of process material, if its milestone is reached."""
    return session.get(DueProcessFile, key)


def due_process_files(session: Session, project_id: UUID) -> Sequence[DueProcessFile]:
    """The kinds of process material whose milestones the project has reached, in no order."""
    return session.exec(select(DueProcessFile).where(DueProcessFile.project_id == project_id)).all()


def process_files(session: Session, project_id: UUID) -> Sequence[ProcessFile]:
    """The process material that was uploaded, oldest first."""
    return session.exec(
        select(ProcessFile)
        .where(ProcessFile.project_id == project_id)
        .order_by(col(ProcessFile.id))
    ).all()


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


def items(session: Session, volume_id: UUID) -> Sequence[VolumeItem]:
    """The volume's catalogue, in order."""
    return session.exec(
        select(VolumeItem)
        .where(VolumeItem.volume_id == volume_id)
        .order_by(col(VolumeItem.position))
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
