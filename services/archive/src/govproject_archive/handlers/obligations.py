"""The duties to archive in time: opened by each trigger, closed by the handover (Art 40)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts.archive import OBLIGATIONS
from govproject.contracts.event import Event
from govproject.errors import Conflict
from govproject.messaging import Delivery
from govproject.obligations import repository as duties
from govproject.obligations.keeping import Keeper
from govproject.regulation.pack import pack
from govproject.terms import FileClass
from govproject_archive import repository
from govproject_archive.handlers import papers
from govproject_archive.handlers.projects import opened_on, outstanding
from govproject_archive.lifecycle import AT_REST
from govproject_archive.papers import PaperState
from govproject_archive.rules.article_18_process_files import upload_process_files
from govproject_archive.rules.article_40_file_classes import RULES, archive_in_time
from govproject_archive.tables import DueFile, Project


def _by_upload_only(session: Session, context: Context, project_id: UUID) -> None:
    raise Conflict(
        "closed_by_upload",
        "过程材料须完整归集并上传（第18条）：上传齐全时自动办结，不能以说明代替。",
    )


def _by_handover_only(session: Session, context: Context, project_id: UUID) -> None:
    raise Conflict(
        "closed_by_handover",
        "项目文件须组卷、审查并经双方清点交接归档（第40条、第41条）：交接时自动办结，不能以材料代替。",
    )


KEEPER = Keeper(
    events=OBLIGATIONS,
    before_closing={
        upload_process_files.__name__: _by_upload_only,
        **{rule.__name__: _by_handover_only for rule in RULES.values()},
    },
)


def open_for(session: Session, project: Project, due: DueFile, delivery: Delivery) -> None:
    """Open the duty to archive what has fallen due; of an undeclared project it waits."""
    if project.unit is None or project.rule_pack is None:
        return
    duty = archive_in_time(
        due.file_class,
        since=opened_on(due),
        basis=due.basis,
        pack=pack(project.rule_pack),
    )
    due.obligation_id = KEEPER.open_at(
        session,
        delivery.publish,
        delivery.now,
        duty,
        project_id=project.id,
        unit=project.unit,
    ).id


def open_waiting(session: Session, project: Project, delivery: Delivery) -> None:
    """The same for all that fell due before the project's declaration was told."""
    for due in repository.due_files(session, project.id):
        if due.obligation_id is None:
            open_for(session, project, due, delivery)


def close_archived(session: Session, context: Context, project_id: UUID, proof: str) -> None:
    """Close the duties whose files are archived, with every paper of their record."""
    close_archived_at(
        session, context.publish, context.now(), project_id, proof, by=context.caller.subject
    )


def close_archived_at(
    session: Session,
    publish: Callable[[Session, Event], object],
    now: datetime,
    project_id: UUID,
    proof: str,
    *,
    by: str,
) -> None:
    """The same where nobody asked for it: an event has come."""
    due = repository.due_files(session, project_id)
    volumes = session.exec(repository.volumes(project_id)).all()
    asked = papers.standing(session, project_id)
    for row in due:
        if row.obligation_id is None or row in outstanding(due, volumes, row.file_class):
            continue
        duty = duties.one(session, row.obligation_id)
        # A class of which nothing is there is archived when its unit's head stands for that.
        lacks = _lacks_a_paper(asked, row) or papers.to_confirm(asked, row.file_class)
        if duty.closed_at is None and not lacks:
            KEEPER.close_at(session, publish, now, duty, proof, by=by)


def classes_to_archive(session: Session, project_id: UUID) -> list[FileClass]:
    """The classes of the project that an open duty is about, and no volume is on its way for."""
    volumes = session.exec(repository.volumes(project_id)).all()
    under_way = {volume.file_class for volume in volumes if volume.state not in AT_REST}
    owed = {
        row.file_class
        for row in repository.due_files(session, project_id)
        if row.obligation_id and duties.one(session, row.obligation_id).closed_at is None
    }
    return [each for each in FileClass if each in owed - under_way]


def _lacks_a_paper(asked: list[papers.Standing], due: DueFile) -> bool:
    """Whether a paper of the record is missing, or any paper where the class has one record."""
    return any(
        paper.state is PaperState.MISSING
        and (not due.record or paper.due.record in ("", due.record))
        for paper in papers.of_class(asked, due.file_class)
    )
