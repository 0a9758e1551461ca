"""Where a project's process material stands: what its milestones ask for, and what is there.

Files that no milestone asks for yet count for those to come (Art 18).
"""

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from sqlmodel import Session

from govproject.context import Context
from govproject.terms import ProcessFileKind
from govproject_archive import repository
from govproject_archive.handlers.access import pack_of
from govproject_archive.rules.article_18_process_files import upload_by
from govproject_archive.tables import DueProcessFile, ProcessFile, Project
from govproject_archive.triggers import without_upload
from govproject_archive.views import ProcessMaterialView


class Milestone(NamedTuple):
    """What one milestone asks for, in the order of the article."""

    asked: tuple[DueProcessFile, ...]
    left: tuple[DueProcessFile, ...]
    """Of which there is no file; nothing once the project is stopped."""


def milestones(session: Session, project: Project) -> list[Milestone]:
    """All milestones that ask for material, first to last."""
    due = repository.due_process_files(session, project.id)
    left = _left(session, project, due)
    in_order = [row for kind in ProcessFileKind for row in due if row.kind is kind]
    # Of one record there may be two milestones, on one day too: award and filing of a contract.
    asked: dict[tuple[str, str], list[DueProcessFile]] = {}
    for row in sorted(in_order, key=attrgetter("reached_on")):
        asked.setdefault((row.record, row.basis), []).append(row)
    return [
        Milestone(tuple(rows), tuple(row for row in rows if row in left)) for rows in asked.values()
    ]


def shown(session: Session, context: Context, project: Project) -> list[ProcessMaterialView]:
    """All kinds, in the order of the article: which are to be there, which are, which are late."""
    due = repository.due_process_files(session, project.id)
    files = repository.process_files(session, project.id)
    counted = repository.counted_process_files(session, project.id)

    def of_kind(kind: ProcessFileKind) -> ProcessMaterialView:
        reached = next((row for row in due if row.kind is kind), None)
        left = outstanding(due, counted, kind)
        first = left[0] if left else reached
        remind_on = upload_by(first.reached_on, pack_of(project)).due().day if first else None
        late = bool(left) and project.decommissioned_at is None
        return ProcessMaterialView(
            kind=kind,
            name=kind.zh,
            reached_on=reached.reached_on if reached else None,
            basis=reached.basis if reached else None,
            remind_on=remind_on,
            files=sum(file.kind is kind for file in files),
            outstanding=[row.basis for row in left],
            overdue=late and remind_on is not None and context.today() > remind_on,
        )

    return [of_kind(kind) for kind in ProcessFileKind]


def outstanding(
    due: Sequence[DueProcessFile], files: Sequence[ProcessFile], kind: ProcessFileKind
) -> list[DueProcessFile]:
    """What asked for a kind and has no file of it, first to last.

    A file of a contract that asks for none of its own is what the project asks for once.
    """
    asked = {row.record: row for row in due if row.kind is kind}
    there = [str(file.contract_id or "") for file in files if file.kind is kind]
    if any(record and record not in asked for record in there):
        asked.pop("", None)
    return [asked[record] for record in without_upload(list(asked), there)]


def _left(
    session: Session, project: Project, due: Sequence[DueProcessFile]
) -> list[DueProcessFile]:
    if project.decommissioned_at is not None:
        return []
    files = repository.counted_process_files(session, project.id)
    return [row for kind in ProcessFileKind for row in outstanding(due, files, kind)]
