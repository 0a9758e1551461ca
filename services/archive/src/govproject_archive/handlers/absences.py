"""That papers do not exist: who says it, who confirms it, what withdraws it (Art 39)."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Conflict, Invalid
from govproject.files import records
from govproject.ids import new_id
from govproject_archive import repository
from govproject_archive.handlers import obligations, papers
from govproject_archive.handlers.access import visible
from govproject_archive.lifecycle import AT_REST, same_person
from govproject_archive.papers import PaperState
from govproject_archive.tables import AbsenceConfirmation, AbsentPaper, Project, Volume
from govproject_archive.views import (
    AbsenceConfirmationView,
    ConfirmAbsences,
    DeclarePaperAbsent,
    PaperView,
)


def declare(
    session: Session, context: Context, project_id: UUID, command: DeclarePaperAbsent
) -> PaperView:
    """Record that a paper does not exist; that may be the last that kept a duty open.

    Raises:
        Invalid: nothing asks for it.
        Conflict: it is in the archive.
        Forbidden: it is another unit's.
    """
    project = visible(session, context, project_id)
    paper = papers.known(papers.standing(session, project.id), command)
    session.add(
        AbsentPaper(
            id=new_id(),
            project_id=project.id,
            kind=command.kind,
            record=paper.due.record,
            reason=command.reason,
            declared_by=command.declared_by,
            recorded_by=context.caller.subject,
            recorded_at=context.now(),
        )
    )
    session.flush()
    # A file that names no contract may turn out to be another one's: so it is asked afterwards.
    found = papers.known(papers.standing(session, project.id), command)
    if found.state is PaperState.ARCHIVED:
        raise Conflict(
            "paper_archived",
            f"{found.words}已在归档的案卷中，不能说明没有。",
            kind=command.kind.value,
            record=command.record,
        )
    obligations.close_archived(
        session, context, project.id, f"已归档；{command.kind.zh}无：{command.reason}"
    )
    return papers.view(found, repository.absence_confirmations(session, project.id))


def confirm(
    session: Session, context: Context, project_id: UUID, command: ConfirmAbsences
) -> AbsenceConfirmationView:
    """Record that who heads the unit's archives stands for it that papers do not exist.

    Raises:
        Invalid: a paper is not asked for, or nobody says that it does not exist.
        Conflict: the head is not on record, somebody else confirms, or said so already; or it is
            confirmed.
        Forbidden: it is another unit's.
    """
    project = visible(session, context, project_id)
    standing = papers.standing(session, project.id)
    said = [_said(papers.known(standing, named)) for named in command.papers]
    _must_be_head(session, project, command.confirmed_by)
    for word in said:
        if word.declared_by is not None and same_person(word.declared_by, command.confirmed_by):
            raise Conflict(
                "declarer_confirms",
                f"没有{word.kind.zh}是{word.declared_by}自己说明的，不能由其本人确认。",
                declared_by=word.declared_by,
            )
    confirmation = AbsenceConfirmation(
        id=new_id(),
        project_id=project.id,
        confirmed_by=command.confirmed_by,
        reason=command.reason,
        file_id=records.referred(session, context, command.file_id).id,
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
    )
    session.add(confirmation)
    for word in said:
        word.confirmation_id = confirmation.id
    session.flush()
    obligations.close_archived(
        session, context, project.id, f"已归档；{command.confirmed_by}确认没有：{command.reason}"
    )
    confirmations = repository.absence_confirmations(session, project.id)
    standing = papers.standing(session, project.id)
    return AbsenceConfirmationView.model_validate(
        {
            **confirmation.model_dump(),
            "papers": [
                papers.view(papers.known(standing, named), confirmations)
                for named in command.papers
            ],
        }
    )


def made_void(session: Session, volume: Volume) -> list[str]:
    """What the reviewer of a volume should know: which words its papers will make void."""
    if volume.state in AT_REST:
        return []
    return [
        f"{paper.words}，{word.declared_by or '本单位'}曾说明没有（{word.reason}）；"
        "本卷交接归档后，该说明即行撤销，请核对。"
        for paper, later in papers.without_and_with(session, volume)
        if (word := paper.absence) is not None and later.state is PaperState.ARCHIVED
    ]


def not_named(session: Session, volume: Volume) -> list[str]:
    """What the reviewer of a volume should know: which words its unnamed files leave standing."""
    if volume.state in AT_REST:
        return []
    return [
        f"第{file.position}件{paper.due.kind.zh}没有写明所属的记录，没有{paper.words}的说明"
        f"（{word.reason}）仍然有效；就是该材料的，请撤回案卷，写明后重新组卷。"
        for file in repository.items(session, volume.id)
        if file.record is None
        for _, paper in papers.without_and_with(session, volume)
        if paper.due.kind is file.kind and (word := paper.absence) is not None
    ]


def withdraw_archived(session: Session, context: Context, volume: Volume) -> None:
    """What came to the archive with a volume is no longer said not to exist.

    What was there before, whatever an older build was told of it, did not come with this one.
    """
    for earlier, paper in papers.without_and_with(session, volume):
        if earlier.absence is None or paper.state is not PaperState.ARCHIVED:
            continue
        for word in paper.said:
            if word.withdrawn_at is None:
                word.withdrawn_at, word.archived_in = context.now(), volume.id


def _said(paper: papers.Standing) -> AbsentPaper:
    """The word that is to be confirmed."""
    word = paper.absence
    if word is None:
        raise Invalid(
            "paper_not_absent",
            f"{paper.words}{paper.state.zh}，没有可供确认的说明。",
            kind=paper.due.kind.value,
            record=paper.due.record or None,
        )
    if word.confirmation_id is not None:
        raise Conflict("absence_confirmed", f"没有{paper.words}已经确认。", kind=word.kind.value)
    return word


def _must_be_head(session: Session, project: Project, person: str) -> None:
    organised = repository.unit_archive(session, project.unit or "")
    if organised is None:
        raise Conflict("head_not_on_record", "本单位尚未登记档案工作总负责人，无人可以确认。")
    if not same_person(organised.head, person):
        raise Conflict(
            "not_the_head",
            f"登记的档案工作总负责人是{organised.head}，{person}不能确认没有材料。",
            head=organised.head,
        )
