"""The archive check that final acceptance needs, and the supplementary one after it (Art 19)."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import Session, col

from govproject.context import Context
from govproject.contracts import archive as events
from govproject.errors import Conflict, Refused
from govproject.facts import ArchiveFacts
from govproject.gates import ARCHIVE
from govproject.ids import new_id
from govproject.messaging import knowing
from govproject.regulation.findings import Finding
from govproject.regulation.pack import RulePack
from govproject.reliefs import keeping
from govproject.terms import ArchivePlace, FileClass, ProcessFileKind
from govproject.web.paging import Page, Paging, paginate
from govproject_archive import repository
from govproject_archive.handlers import obligations, papers, process_material
from govproject_archive.handlers.access import pack_of, visible
from govproject_archive.handlers.projects import counts_as_handed_over, outstanding, words
from govproject_archive.lifecycle import CheckOutcome, VolumeState
from govproject_archive.papers import PaperState
from govproject_archive.tables import (
    ArchiveCheck,
    DueFile,
    DueProcessFile,
    ProcessFile,
    Project,
)
from govproject_archive.views import CheckView, FailArchiveCheck, PassArchiveCheck


def pass_check(
    session: Session, context: Context, project_id: UUID, command: PassArchiveCheck
) -> CheckView:
    """Find everything due archived as it must be.

    Raises:
        Refused: a rule of the archive gate blocks; nothing is recorded.
        Conflict: the last check passed already and nothing has fallen due since.
    """
    project = visible(session, context, project_id)
    asked = facts(session, context, project)
    if last := covering(session, project_id):
        raise Conflict(
            "already_passed",
            "已到归档时点的文件均已通过档案验收，此后没有新的文件到归档时点。",
            check=str(last.id),
        )
    decision = context.decide(ARCHIVE, asked, pack=pack_of(project))
    if not decision.allowed:
        raise Refused(decision)
    # Of a contract that should not have been recorded a check has nothing left to find: it covers
    # what that made due, for other services may still count it.
    due = repository.fallen_due(session, project_id)
    check = _check(context, project, command.inspector, CheckOutcome.PASSED, due)
    session.add(check)
    obligations.close_archived(session, context, project_id, "档案验收合格")
    context.publish(
        session,
        events.ArchiveCheckPassed(
            project_id=project_id,
            classes=tuple(check.classes),
            checked_at=check.checked_at,
            covered=tuple(_covered(due)),
        ),
    )
    return _view(check, warnings=decision.findings)


def fail_check(
    session: Session, context: Context, project_id: UUID, command: FailArchiveCheck
) -> CheckView:
    """Find the archive not in order, for reasons that people saw."""
    project = visible(session, context, project_id)
    due = repository.fallen_due(session, project_id)
    check = _check(context, project, command.inspector, CheckOutcome.FAILED, due, command.reasons)
    session.add(check)
    context.publish(
        session,
        events.ArchiveCheckFailed(
            project_id=project_id, reasons=tuple(command.reasons), checked_at=check.checked_at
        ),
    )
    return _view(check)


def browse(session: Session, context: Context, project_id: UUID, paging: Paging) -> Page[CheckView]:
    """A project's archive checks, oldest first."""
    visible(session, context, project_id)
    return paginate(
        session,
        repository.checks(project_id),
        key=col(ArchiveCheck.id),
        paging=paging,
        view=_view,
    )


def facts(session: Session, context: Context, project: Project) -> ArchiveFacts:
    """What the archive gate is asked about a stored project."""
    rows = repository.due_files(session, project.id)
    due = {row.file_class for row in rows}
    volumes = session.exec(repository.volumes(project.id)).all()
    written = {row.place for row in repository.in_step(session, project.id)}
    organised = repository.unit_archive(session, project.unit or "")
    material = repository.due_process_files(session, project.id)
    uploaded = repository.counted_process_files(session, project.id)
    asked = papers.standing(session, project.id)

    def stopped_at(*states: VolumeState) -> tuple[str, ...]:
        # A volume that is composed ahead of its time holds nothing up.
        return tuple(v.title for v in volumes if v.file_class in due and v.state in states)

    return ArchiveFacts(
        today=context.today(),
        reliefs=keeping.of(session, project.id),
        due=_in_order(due),
        handed_over=_in_order({v.file_class for v in volumes if counts_as_handed_over(v)}),
        outstanding={
            file_class: tuple(words(records))
            for file_class in _in_order(due)
            if (records := outstanding(rows, volumes, file_class))
        },
        papers_missing={
            file_class: tuple(left)
            for file_class in _in_order(due)
            if (left := _words(asked, file_class, PaperState.MISSING))
        },
        papers_absent={
            file_class: tuple(said)
            for file_class in _in_order(due)
            if (said := _words(asked, file_class, PaperState.ABSENT))
        },
        papers_unconfirmed={
            file_class: tuple(paper.words for paper in unconfirmed)
            for file_class in _in_order(due)
            if (unconfirmed := papers.to_confirm(asked, file_class))
        },
        phased=any(v.phased and v.state is VolumeState.HANDED_OVER for v in volumes),
        lost_files=repository.files_lost(session, project.id),
        unreviewed_volumes=stopped_at(VolumeState.COMPOSED),
        unlisted_volumes=stopped_at(VolumeState.REVIEWED),
        uncounted_volumes=stopped_at(
            VolumeState.LISTED, VolumeState.UNIT_COUNTED, VolumeState.ARCHIVE_COUNTED
        ),
        process_files_due=_kinds(material),
        process_files=_kinds(uploaded),
        process_files_outstanding={
            kind: tuple(row.basis for row in missing)
            for kind in _kinds(uploaded)
            if (missing := process_material.outstanding(material, uploaded, kind))
        },
        unit_is_organised=organised is not None,
        provided=tuple(organised.provided) if organised else (),
        in_step=tuple(place for place in ArchivePlace if place in written),
        **knowing.about(session, context, project.id),
    )


def covering(session: Session, project_id: UUID) -> ArchiveCheck | None:
    """The last check, if it passed over everything that has fallen due."""
    last = repository.last_check(session, project_id)
    if last is None or last.outcome is not CheckOutcome.PASSED:
        return None
    fallen = repository.fallen_due(session, project_id)
    if set(last.classes) != {row.file_class for row in fallen}:
        return None
    due = _covered(fallen)
    # A check of an older build covered what had fallen due under that build.
    covers = all(key.endswith("/") for key in due) if last.covered is None else last.covered == due
    return last if covers else None


def stored_facts(
    session: Session, context: Context, project_id: UUID
) -> tuple[ArchiveFacts, RulePack]:
    """The same for a stored project, for a question in advance."""
    project = visible(session, context, project_id)
    return facts(session, context, project), pack_of(project)


def _check(
    context: Context,
    project: Project,
    inspector: str,
    outcome: CheckOutcome,
    due: Sequence[DueFile],
    reasons: list[str] | None = None,
) -> ArchiveCheck:
    return ArchiveCheck(
        id=new_id(),
        project_id=project.id,
        outcome=outcome,
        classes=list(_in_order({row.file_class for row in due})),
        covered=_covered(due),
        reasons=reasons or [],
        supplementary=project.final_passed_on is not None,
        inspector=inspector,
        account=context.caller.subject,
        checked_at=context.now(),
    )


def _kinds(rows: Iterable[DueProcessFile | ProcessFile]) -> tuple[ProcessFileKind, ...]:
    found = {row.kind for row in rows}
    return tuple(kind for kind in ProcessFileKind if kind in found)


def _words(asked: list[papers.Standing], file_class: FileClass, state: PaperState) -> list[str]:
    return [
        f"{paper.words}：{paper.absence.reason}" if paper.absence else paper.words
        for paper in papers.of_class(asked, file_class)
        if paper.state is state
    ]


def _covered(due: Sequence[DueFile]) -> list[str]:
    return sorted(f"{row.file_class}/{row.record}" for row in due)


def _in_order(classes: set[FileClass]) -> tuple[FileClass, ...]:
    return tuple(file_class for file_class in FileClass if file_class in classes)


def _view(check: ArchiveCheck, warnings: tuple[Finding, ...] = ()) -> CheckView:
    return CheckView.model_validate({**check.model_dump(), "warnings": warnings})
