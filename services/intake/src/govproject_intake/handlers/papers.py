"""The files of building: what is one thing cannot be another as well (Arts 13, 16, 40)."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Invalid
from govproject.files import records
from govproject.persistence.tables import StoredFile
from govproject_intake import repository
from govproject_intake.construction import RecordContract
from govproject_intake.tables import Contract, Project

_TEXT, _NOTICE = "合同文本", "中标（成交）通知书"


def must_be_apart(
    session: Session, context: Context, project: Project, command: RecordContract
) -> None:
    """The text and the notice are each a content of their own; one notice may award several lots.

    Raises:
        Invalid: a file is unknown, or its content is on record as something else of the project.
        Forbidden: a file is another unit's.
    """
    known, notices = _declared(session, project), dict[str, str]()
    for contract in repository.contracts_in_force(session, project.id):
        with_whom = f"“{contract.contractor}”的"
        _note(session, known, contract.file_id, f"{with_whom}{_TEXT}")
        _note(session, notices, contract.award_notice_file_id, f"{with_whom}{_NOTICE}")
    if command.file_id is not None:
        text = records.referred(session, context, command.file_id)
        _must_be_new(text, _TEXT, known | notices)
        known[text.sha256] = f"本合同的{_TEXT}"
    if command.award_notice_file_id is not None:
        notice = records.referred(session, context, command.award_notice_file_id)
        _must_be_new(notice, _NOTICE, known)


def must_be_another(session: Session, context: Context, contract: Contract, file_id: UUID) -> None:
    """What ends a contract is neither its text nor the notice of its award; raises the same."""
    known = dict[str, str]()
    _note(session, known, contract.file_id, f"本合同的{_TEXT}")
    _note(session, known, contract.award_notice_file_id, f"本合同的{_NOTICE}")
    stored = records.referred(session, context, file_id)
    _must_be_new(stored, "解除协议、裁判文书或者更正说明", known)


def must_be_apart_from_all(
    session: Session, context: Context, project: Project, file_id: UUID, what: str
) -> None:
    """A further record's file is nothing that is on record of the project; raises the same."""
    known = _declared(session, project)
    for contract in repository.contracts_in_force(session, project.id):
        with_whom = f"“{contract.contractor}”的"
        _note(session, known, contract.file_id, f"{with_whom}{_TEXT}")
        _note(session, known, contract.award_notice_file_id, f"{with_whom}{_NOTICE}")
    _must_be_new(records.referred(session, context, file_id), what, known)


def _declared(session: Session, project: Project) -> dict[str, str]:
    known = {
        material.sha256: f"申报材料中的{material.kind.zh}"
        for material in repository.materials(session, project.id)
    }
    filing = repository.filing_of(session, project.id)
    if filing is not None:
        record = filing.internal_review_record_file_id
        _note(session, known, record, "内部技术审查及论证记录")
    for control in repository.quality_controls(session, project.id):
        _note(session, known, control.file_id, f"{control.controlled_on}的{control.phase.zh}记录")
    return known


def _note(session: Session, known: dict[str, str], file_id: UUID | None, what: str) -> None:
    stored = None if file_id is None else session.get(StoredFile, file_id)
    if stored is not None:
        known[stored.sha256] = what


def _must_be_new(stored: StoredFile, what: str, known: dict[str, str]) -> None:
    if stored.sha256 in known:
        raise Invalid(
            "one_file_for_two",
            f"“{stored.name}”的内容已作为{known[stored.sha256]}登记，不能又作为{what}。",
            file=stored.name,
        )
