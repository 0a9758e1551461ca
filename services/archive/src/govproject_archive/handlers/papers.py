"""The papers that each class has to hold: which are there, which are said not to exist (Art 39)."""

from typing import NamedTuple
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Invalid
from govproject.ids import new_id
from govproject.terms import FileClass
from govproject_archive import repository
from govproject_archive.handlers.access import visible
from govproject_archive.papers import KINDS, Paper, PaperState, states
from govproject_archive.tables import AbsentPaper, DuePaper
from govproject_archive.views import CatalogueItem, DeclarePaperAbsent, PaperView


class Standing(NamedTuple):
    """A paper that is asked for, where it is, and the unit's reason if there is none."""

    due: DuePaper
    state: PaperState
    reason: str | None

    @property
    def words(self) -> str:
        """The paper as people know it."""
        return f"{self.due.basis}的{self.due.kind.zh}"


def standing(session: Session, project_id: UUID) -> list[Standing]:
    """All papers that the project's classes have to hold, due for archiving or not yet."""
    due = {Paper(row.kind, row.record): row for row in repository.due_papers(session, project_id)}
    archived = [
        Paper(item.kind, item.record or "")
        for item in repository.archived_items(session, project_id)
        if item.kind is not None
    ]
    reasons = {
        Paper(row.kind, row.record): row.reason
        for row in repository.absent_papers(session, project_id)
    }
    return [
        Standing(due[paper], state, reasons[paper] if state is PaperState.ABSENT else None)
        for paper, state in states(list(due), archived, reasons).items()
    ]


def of_class(papers: list[Standing], file_class: FileClass) -> list[Standing]:
    """The papers of one class, in the order of its catalogue."""
    return [paper for kind in KINDS[file_class] for paper in papers if paper.due.kind is kind]


def declare_absent(
    session: Session, context: Context, project_id: UUID, command: DeclarePaperAbsent
) -> PaperView:
    """Record that a paper does not exist; it is shown at every archive check.

    Raises:
        Invalid: nothing asks for it.
        Forbidden: it is another unit's.
    """
    project = visible(session, context, project_id)
    record = must_be_known(session, project.id, command)
    session.add(
        AbsentPaper(
            id=new_id(),
            project_id=project.id,
            kind=command.kind,
            record=record,
            reason=command.reason,
            recorded_by=context.caller.subject,
            recorded_at=context.now(),
        )
    )
    session.flush()
    wanted = (command.kind, record)
    return next(
        view(each)
        for each in standing(session, project.id)
        if (each.due.kind, each.due.record) == wanted
    )


def must_be_known(
    session: Session, project_id: UUID, named: CatalogueItem | DeclarePaperAbsent
) -> str:
    """The record that is named, empty if none is. Raises Invalid if the project has no such."""
    record = named.record or ""
    if not any(
        (row.kind, row.record) == (named.kind, record)
        for row in repository.due_papers(session, project_id)
    ):
        raise Invalid(
            "paper_not_asked_for",
            f"本项目没有这样一份应归档的{named.kind.zh}，或其登记信息尚未送达。",
            kind=named.kind.value,
            record=named.record,
        )
    return record


def view(paper: Standing) -> PaperView:
    """A paper as the API shows it."""
    return PaperView(
        kind=paper.due.kind,
        name=paper.due.kind.zh,
        record=paper.due.record or None,
        basis=paper.due.basis,
        state=paper.state,
        reason=paper.reason,
    )
