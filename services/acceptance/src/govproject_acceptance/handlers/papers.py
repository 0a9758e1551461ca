"""The files that records refer to."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Conflict
from govproject.files import records
from govproject_acceptance import repository
from govproject_acceptance.papers import Paper


def referred(session: Session, context: Context, file_id: UUID) -> Paper:
    """The file that a command refers to, to be kept with its record. Raises Invalid, Forbidden."""
    stored = records.referred(session, context, file_id)
    return Paper(file_id=stored.id, name=stored.name, sha256=stored.sha256)


def referred_if_given(session: Session, context: Context, file_id: UUID | None) -> Paper | None:
    """The same for a file that may be left out."""
    return None if file_id is None else referred(session, context, file_id)


def signed(session: Session, project_id: UUID) -> list[tuple[str, Paper | None]]:
    """What those who met have signed, by what it is; each is made at its meeting alone."""
    return [
        *(
            ("初步验收意见", r.opinion_paper)
            for r in repository.preliminary_rounds(session, project_id)
        ),
        *(
            known
            for r in repository.final_rounds(session, project_id)
            for known in (
                (f"第{r.round}轮终验意见", r.opinion_paper),
                (f"第{r.round}轮专家组决议", r.resolution_paper),
            )
        ),
    ]


def must_differ(
    session: Session, what: str, paper: Paper, others: Iterable[tuple[str, Paper | None]]
) -> None:
    """One content is one paper: refuse it where it is on record as another one already.

    An office document that was packed anew or saved with other properties is the same one.

    Args:
        session: where to read.
        what: what it is handed in as.
        paper: the file.
        others: what else there is, by what it was handed in as.

    Raises:
        Conflict: `same_content`, naming the other.
    """
    for other, known in others:
        if known is not None and _is_one(session, known, paper):
            raise Conflict(
                "same_content",
                f"作为“{what}”上传的文件与“{other}”的文件内容相同，须是各自的文件。",
                other=other,
            )


def _is_one(session: Session, known: Paper, paper: Paper) -> bool:
    return known.sha256 == paper.sha256 or records.same_parts(session, known.file_id, paper.file_id)
