"""Process material: uploaded as the project goes on, asked for at the archive check (Art 18)."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Invalid
from govproject.files import records
from govproject.ids import new_id
from govproject.terms import ProcessFileKind
from govproject_archive import repository, search_index
from govproject_archive.handlers.access import pack_of, visible
from govproject_archive.handlers.audits import archive_process_file
from govproject_archive.search_index import Kind
from govproject_archive.tables import DueProcessFile, ProcessFile, Project
from govproject_archive.triggers import without_upload
from govproject_archive.views import ProcessFileView, ProcessMaterialView, UploadProcessFile


def upload(
    session: Session, context: Context, project_id: UUID, command: UploadProcessFile
) -> ProcessFileView:
    """Put an uploaded file among the project's process material; before its milestone is fine.

    Raises:
        Invalid: the file is unknown, or the contract is not the project's.
        Forbidden: it is another unit's.
    """
    project = visible(session, context, project_id)
    if command.contract_id is not None:
        contracts = {row.record for row in repository.due_files(session, project.id)}
        if str(command.contract_id) not in contracts:
            raise Invalid(
                "contract_unknown",
                "该合同不是本项目的合同，或其登记信息尚未送达。",
                id=str(command.contract_id),
            )
    stored = records.referred(session, context, command.file_id)
    file = ProcessFile(
        id=new_id(),
        project_id=project.id,
        kind=command.kind,
        contract_id=command.contract_id,
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
    due = repository.due_process_files(session, project.id)
    files = repository.process_files(session, project.id)
    patience = timedelta(days=pack_of(project).process_file_reminder_days)

    def of_kind(kind: ProcessFileKind) -> ProcessMaterialView:
        reached = next((row for row in due if row.kind is kind), None)
        left = outstanding(due, files, kind)
        first = left[0] if left else reached
        remind_on = first.reached_on + patience if first else None
        return ProcessMaterialView(
            kind=kind,
            name=kind.zh,
            reached_on=reached.reached_on if reached else None,
            basis=reached.basis if reached else None,
            remind_on=remind_on,
            files=sum(file.kind is kind for file in files),
            outstanding=[row.basis for row in left],
            overdue=bool(left) and remind_on is not None and context.today() > remind_on,
        )

    return [of_kind(kind) for kind in ProcessFileKind]


def outstanding(
    due: Sequence[DueProcessFile], files: Sequence[ProcessFile], kind: ProcessFileKind
) -> list[DueProcessFile]:
    """What asked for a kind and has no file of it, first to last."""
    asked = {row.record: row for row in due if row.kind is kind}
    there = [str(file.contract_id or "") for file in files if file.kind is kind]
    return [asked[record] for record in without_upload(list(asked), there)]
