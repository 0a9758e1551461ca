"""Process material is uploaded as the project goes on (Art 18)."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Invalid
from govproject.files import records
from govproject.ids import new_id
from govproject_archive import repository, search_index
from govproject_archive.handlers import material_duties
from govproject_archive.handlers.access import visible
from govproject_archive.handlers.audits import archive_process_file
from govproject_archive.search_index import Kind
from govproject_archive.tables import ProcessFile, Project
from govproject_archive.views import ProcessFileView, UploadProcessFile


def upload(
    session: Session, context: Context, project_id: UUID, command: UploadProcessFile
) -> ProcessFileView:
    """Put an uploaded file among the project's process material; before its milestone is fine.

    Raises:
        Invalid: the file is unknown, or the contract is not the project's.
        Forbidden: it is another unit's.
    """
    visible(session, context, project_id)
    # Locked, so that what a milestone asks for meanwhile is not asked for in vain.
    project = session.get_one(Project, project_id, with_for_update=True)
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
    material_duties.settle(
        session,
        project,
        publish=context.publish,
        now=context.now(),
        proof=f"已上传{file.kind.zh}：{file.name}",
        by=context.caller.subject,
    )
    return ProcessFileView.model_validate(file, from_attributes=True)
