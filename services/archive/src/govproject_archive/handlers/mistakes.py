"""A contract that should not have been recorded asks for nothing (Arts 18, 39, 40).

What was filed for it is kept.
"""

from uuid import UUID

from sqlmodel import Session

from govproject.messaging import Delivery
from govproject.obligations import repository as duties
from govproject.terms import FileClass, ProcessFileKind
from govproject_archive import repository
from govproject_archive.handlers import material_duties, obligations
from govproject_archive.handlers.obligations import KEEPER
from govproject_archive.tables import DueFile, DueProcessFile, Project
from govproject_archive.triggers import Trigger

_FILED = Trigger.CONTRACT_FILING
_PROOF = "合同登记有误，不再要求其材料"
_OF_ANOTHER = "其他合同登记有误，已归档的文件为本合同的"


def ask_no_more(session: Session, project: Project, contract_id: UUID, delivery: Delivery) -> None:
    """Close the duties of a contract that is on record as a mistake by now.

    A file that named no contract may count for another one from now on, whose duty it closes, in a
    volume as well.
    """
    record = str(contract_id)
    files = [f for f in repository.fallen_due(session, project.id) if f.record == record]
    _pass_commencement_on(session, project, files)
    material = repository.process_files_of_record(session, project.id, record)
    owed = {row.obligation_id for row in files} | {row.obligation_id for row in material}
    for obligation_id in sorted(each for each in owed if each is not None):
        duty = duties.one(session, obligation_id)
        if duty.closed_at is None:
            KEEPER.close_at(
                session, delivery.publish, delivery.now, duty, _PROOF, by=delivery.source
            )
    material_duties.on_event(session, project, delivery)
    obligations.close_archived_at(
        session, delivery.publish, delivery.now, project.id, _OF_ANOTHER, by=delivery.source
    )
    _pass_supervision_on(session, project)


def _pass_supervision_on(session: Session, project: Project) -> None:
    """Who supervises is whom another contract engages; unknown if an older build took one in."""
    contracts = [f for f in repository.due_files(session, project.id) if f.trigger is _FILED]
    engaged = repository.engaged_supervisors(session, project.id)
    if all(row.record in engaged for row in contracts):
        names = (engaged[row.record] for row in contracts)
        project.supervisor = next((name for name in names if name is not None), None)


def _pass_commencement_on(session: Session, project: Project, files: list[DueFile]) -> None:
    """What does not build asks together for one commencement: the next of them asks for it now."""
    filing = next((f for f in files if f.file_class is FileClass.CONTRACT), None)
    if filing is None:
        return
    material = repository.due_process_files(session, project.id)
    start = [row for row in material if row.kind is ProcessFileKind.COMMENCEMENT]
    # The words of the filing are the same in both.
    shared = next((row for row in start if (row.record, row.basis) == ("", filing.basis)), None)
    if shared is None:
        return
    own = {row.record for row in start}
    session.delete(shared)
    session.flush()
    session.add(DueProcessFile.model_validate({**shared.model_dump(), "record": filing.record}))
    heirs = [
        row
        for row in repository.due_files(session, project.id)
        if row.file_class is FileClass.CONTRACT and row.record and row.record not in own
    ]
    if heirs:
        session.add(
            DueProcessFile(
                project_id=project.id,
                kind=ProcessFileKind.COMMENCEMENT,
                record="",
                basis=heirs[0].basis,
                reached_on=heirs[0].due_on,
            )
        )
