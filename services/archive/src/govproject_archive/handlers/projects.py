"""Reading where a project's archive stands."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from sqlmodel import Session, col

from govproject.clock import SHANGHAI
from govproject.context import Context
from govproject.terms import FileClass
from govproject.web.paging import Page, Paging, paginate
from govproject_archive import repository
from govproject_archive.handlers import papers, process_material
from govproject_archive.handlers.access import visible
from govproject_archive.lifecycle import VolumeState
from govproject_archive.tables import DueFile, Project, Volume
from govproject_archive.triggers import without_volume
from govproject_archive.views import FileClassView, ProjectSummary, ProjectView


def show(session: Session, context: Context, project_id: UUID) -> ProjectView:
    """One project, its seven file classes and its process material; a unit sees its own."""
    return _view(session, context, visible(session, context, project_id))


def browse(session: Session, context: Context, paging: Paging) -> Page[ProjectSummary]:
    """Projects in order of declaration; a unit sees its own."""
    return paginate(
        session,
        repository.projects(context.caller.limited_to),
        key=col(Project.id),
        paging=paging,
        view=lambda project: ProjectSummary.model_validate(project, from_attributes=True),
    )


def counts_as_handed_over(volume: Volume) -> bool:
    """Whether the volume shows that its class is archived; an early phase alone does not."""
    return volume.state is VolumeState.HANDED_OVER and not volume.phased


def outstanding(
    due: Sequence[DueFile], volumes: Sequence[Volume], file_class: FileClass
) -> list[DueFile]:
    """The records that made a class due and whose files no volume in the archive can hold."""
    records = {row.record: row for row in due if row.file_class is file_class}
    there = [
        volume.handed_over_at
        for volume in volumes
        if volume.file_class is file_class
        and counts_as_handed_over(volume)
        and volume.handed_over_at is not None
    ]
    left = without_volume({key: _since(row) for key, row in records.items()}, there)
    return [records[key] for key in left]


def words(left: Sequence[DueFile]) -> list[str]:
    """What made the class due, as people know it."""
    return [row.basis for row in left]


def opened_on(due: DueFile) -> date:
    """The day from which on its files can be in a volume."""
    return _since(due).astimezone(SHANGHAI).date()


def _since(due: DueFile) -> datetime:
    """From when on its files can be in a volume: it was due, and on record."""
    opened = datetime.combine(due.due_on, time(), SHANGHAI)
    return opened if due.recorded_at is None else max(opened, due.recorded_at)


def _view(session: Session, context: Context, project: Project) -> ProjectView:
    """The project with all its classes, due or not."""
    due = repository.due_files(session, project.id)
    volumes = session.exec(repository.volumes(project.id)).all()
    last = repository.last_check(session, project.id)
    asked = papers.standing(session, project.id)
    confirmations = repository.absence_confirmations(session, project.id)

    def of_class(file_class: FileClass) -> FileClassView:
        own = [volume for volume in volumes if volume.file_class is file_class]
        opened = next((row for row in due if row.file_class is file_class), None)
        left = outstanding(due, volumes, file_class)
        return FileClassView(
            file_class=file_class,
            name=file_class.zh,
            due_on=opened.due_on if opened else None,
            basis=opened.basis if opened else None,
            outstanding=words(left),
            handed_over=not left and any(counts_as_handed_over(volume) for volume in own),
            volumes_handed_over=sum(volume.state is VolumeState.HANDED_OVER for volume in own),
            papers=[
                papers.view(paper, confirmations) for paper in papers.of_class(asked, file_class)
            ],
        )

    return ProjectView.model_validate(
        {
            **project.model_dump(),
            "last_check": last.outcome if last else None,
            "classes": [of_class(file_class) for file_class in FileClass],
            "process_material": process_material.shown(session, context, project),
        }
    )
