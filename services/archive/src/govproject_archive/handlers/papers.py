"""The papers that each class has to hold, and where each of them is (Art 39)."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from sqlmodel import Session

from govproject.errors import Invalid
from govproject.terms import FileClass
from govproject_archive import repository
from govproject_archive.papers import KINDS, Paper, PaperState, states
from govproject_archive.tables import AbsenceConfirmation, AbsentPaper, DuePaper, Volume, VolumeItem
from govproject_archive.views import AbsenceView, CatalogueItem, NamedPaper, PaperView


class Standing(NamedTuple):
    """A paper that is asked for, where it is, and what the unit has said of it."""

    due: DuePaper
    state: PaperState
    said: tuple[AbsentPaper, ...]
    """That it does not exist, oldest first; what was withdrawn, too."""

    @property
    def paper(self) -> Paper:
        """Which one it is."""
        return Paper(self.due.kind, self.due.record)

    @property
    def words(self) -> str:
        """The paper as people know it."""
        return f"{self.due.basis}的{self.due.kind.zh}"

    @property
    def absence(self) -> AbsentPaper | None:
        """The word that counts, if there is no such paper."""
        return self.said[-1] if self.state is PaperState.ABSENT else None

    @property
    def unconfirmed(self) -> bool:
        """Whether a word counts that nobody has confirmed; an older build asked for no name."""
        word = self.absence
        return word is not None and word.declared_by is not None and word.confirmation_id is None


def standing(session: Session, project_id: UUID) -> list[Standing]:
    """All papers that the project's classes have to hold, due for archiving or not yet."""
    return _standing(session, project_id, repository.archived_items(session, project_id))


def without_and_with(session: Session, volume: Volume) -> Iterable[tuple[Standing, Standing]]:
    """Each paper as it stands without a volume in the archive, and with it."""
    others = [
        item
        for item in repository.archived_items(session, volume.project_id)
        if item.volume_id != volume.id
    ]
    own = repository.items(session, volume.id)
    return zip(
        _standing(session, volume.project_id, others),
        _standing(session, volume.project_id, [*others, *own]),
        strict=True,
    )


def _standing(session: Session, project_id: UUID, items: Iterable[VolumeItem]) -> list[Standing]:
    due = {Paper(row.kind, row.record): row for row in repository.due_papers(session, project_id)}
    archived = [Paper(item.kind, item.record or "") for item in items if item.kind is not None]
    said: dict[Paper, tuple[AbsentPaper, ...]] = {}
    for row in repository.absent_papers(session, project_id):
        paper = Paper(row.kind, row.record)
        said[paper] = (*said.get(paper, ()), row)
    # After a word that was withdrawn the paper is there: only later words can say otherwise.
    absent = {paper for paper, words in said.items() if words[-1].withdrawn_at is None}
    return [
        Standing(due[paper], state, said.get(paper, ()))
        for paper, state in states(list(due), archived, absent).items()
    ]


def of_class(papers: list[Standing], file_class: FileClass) -> list[Standing]:
    """The papers of one class, in the order of its catalogue."""
    return [paper for kind in KINDS[file_class] for paper in papers if paper.due.kind is kind]


def to_confirm(papers: list[Standing], file_class: FileClass) -> list[Standing]:
    """The papers of a class of which none is there: each is said not to exist, not all confirmed.

    While one is missing it is asked for itself.
    """
    asked = of_class(papers, file_class)
    if any(paper.state is not PaperState.ABSENT for paper in asked):
        return []
    return [paper for paper in asked if paper.unconfirmed]


def known(papers: list[Standing], named: CatalogueItem | NamedPaper) -> Standing:
    """The paper that is named. Raises Invalid if the project has no such."""
    wanted = Paper(named.kind, named.record or "")
    for each in papers:
        if each.paper == wanted:
            return each
    raise Invalid(
        "paper_not_asked_for",
        f"本项目没有这样一份应归档的{named.kind.zh}，或其登记信息尚未送达。",
        kind=named.kind.value,
        record=named.record,
    )


def view(paper: Standing, confirmations: Mapping[UUID, AbsenceConfirmation]) -> PaperView:
    """A paper as the API shows it, with all that was said of it."""

    def said(word: AbsentPaper) -> AbsenceView:
        confirmed = confirmations[word.confirmation_id] if word.confirmation_id else None
        return AbsenceView(
            reason=word.reason,
            declared_by=word.declared_by,
            declared_at=word.recorded_at,
            confirmed_by=confirmed.confirmed_by if confirmed else None,
            confirmed_at=confirmed.recorded_at if confirmed else None,
            confirmation=confirmed.reason if confirmed else None,
            confirmation_file_id=confirmed.file_id if confirmed else None,
            withdrawn_at=word.withdrawn_at,
            archived_in=word.archived_in,
        )

    return PaperView(
        kind=paper.due.kind,
        name=paper.due.kind.zh,
        record=paper.due.record or None,
        basis=paper.due.basis,
        state=paper.state,
        reason=paper.absence.reason if paper.absence else None,
        absences=[said(word) for word in paper.said],
    )
