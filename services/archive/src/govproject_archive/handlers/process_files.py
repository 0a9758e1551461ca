"""Process material: uploaded as the project goes on, asked for at the archive check (Art 18)."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.files import records
from govproject.ids import new_id
from govproject.terms import ProcessFileKind
from govproject_archive import repository, search_index
from govproject_archive.handlers.access import pack_of, visible
from govproject_archive.handlers.audits import archive_process_file
from govproject_archive.search_index import Kind
from govproject_archive.tables import ProcessFile, Project
from govproject_archive.views import ProcessFileView, ProcessMaterialView, UploadProcessFile


def upload(
    session: Session, context: Context, project_id: UUID, command: UploadProcessFile
) -> ProcessFileView:
    """Put an uploaded file among the project's process material; before its milestone is fine.

    Raises:
        Invalid: the file is unknown.
        Forbidden: it is another unit's.
    """
    project = visible(session, context, project_id)
    stored = records.referred(session, context, command.file_id)
    file = ProcessFile(
        id=new_id(),
        project_id=project.id,
        kind=command.kind,
        file_id=stored.id,
        name=stored.name,
        sha256=stored.sha256,
        uploaded_by=context.caller.subject,
        uploaded_at=context.now(),
    )
    session.add(file)
    session.flush()
    archive_process_file(session, context, file)
    search_index.refresh(session.connection(), file.id, Kind.PROCESS_FILE)
    return ProcessFileView.model_validate(file, from_attributes=True)


def material(session: Session, context: Context, project: Project) -> list[ProcessMaterialView]:
    """All kinds, in the order of the article: which are to be there, which are, which are late."""
    due = {row.kind: row for row in repository.due_process_files(session, project.id)}
    files = repository.process_files(session, project.id)
    patience = timedelta(days=pack_of(project).process_file_reminder_days)

    def of_kind(kind: ProcessFileKind) -> ProcessMaterialView:
        reached = due.get(kind)
        uploaded = sum(file.kind is kind for file in files)
        remind_on = reached.reached_on + patience if reached else None
        return ProcessMaterialView(
            kind=kind,
            name=kind.zh,
            reached_on=reached.reached_on if reached else None,
            basis=reached.basis if reached else None,
            remind_on=remind_on,
            files=uploaded,
            overdue=remind_on is not None and not uploaded and context.today() > remind_on,
        )

    return [of_kind(kind) for kind in ProcessFileKind]
