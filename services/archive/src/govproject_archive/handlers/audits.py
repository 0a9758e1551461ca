"""Fixity audits: every electronic file in the archive is read again and compared, in turn.

    due ─ claim_next ─▶ read, outside of any transaction ─ record ─▶ due again

A process that is killed leaves a claim that runs out, and nothing else.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from sqlmodel import Session, col

from govproject.context import Context
from govproject.contracts import archive as events
from govproject.ids import new_id
from govproject.persistence.tables import StoredFile
from govproject.service import Surroundings
from govproject.terms import Fixity
from govproject.web.paging import Page, paginate
from govproject_archive import repository
from govproject_archive.fixity import Expected, Found, Reading
from govproject_archive.handlers.access import visible
from govproject_archive.tables import ArchivedFile, ProcessFile, Project, Volume
from govproject_archive.views import (
    ArchivedFileView,
    AuditQuery,
    NotAuditableView,
    ProjectAuditView,
)

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""Due before everything that is due by itself."""

# Longer than the largest file takes, unless the store is as slow as a few MiB a second.
_CLAIM_SECONDS = 900.0
# A file that was put back shall not stay on the list of the lost for a whole period.
_LOST_AGAIN = timedelta(days=1)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Claim:
    """A file that this worker reads."""

    id: UUID
    turn: int
    stored_as: str
    """The digest under which the store has it."""
    expected: Expected

    def reading(self, surroundings: Surroundings) -> Reading:
        """The file, about to be read."""
        return Reading(lambda: surroundings.files.open(self.stored_as), self.expected)


def archive_volume(session: Session, context: Context, volume: Volume) -> None:
    """Have the electronic files of a volume audited from now on."""
    session.add_all(
        ArchivedFile(
            id=new_id(),
            project_id=volume.project_id,
            volume_id=volume.id,
            position=item.position,
            title=item.title,
            file_id=item.file_id,
            due_at=context.now(),
        )
        for item in repository.items(session, volume.id)
        if item.file_id is not None
    )


def archive_process_file(session: Session, context: Context, file: ProcessFile) -> None:
    """Have a file of the process material audited from now on."""
    session.add(
        ArchivedFile(
            id=new_id(),
            project_id=file.project_id,
            process_file_id=file.id,
            title=file.name,
            file_id=file.file_id,
            due_at=context.now(),
        )
    )


def keep_period(given: Surroundings) -> None:
    """Let nothing wait for longer than the period: it may have been shortened, or the clock put."""
    with given.db.write() as session:
        repository.cap_due(session, given.clock() + _period(given))


def claim_next(given: Surroundings) -> Claim | None:
    """Claim the file that has waited for longest, if any is due."""
    now = given.clock()
    with given.db.read() as session:  # which on SQLite keeps nobody waiting
        if not repository.is_audit_due(session, now):
            return None
    # A claim that a power cut takes back costs nothing but to read the file again.
    with given.db.write(lasting=False) as session:
        file = repository.claim_due(session, now, _CLAIM_SECONDS)
        if file is None:
            return None
        expected = repository.catalogued_digest(session, file)
        stored = session.get(StoredFile, file.file_id)
        return Claim(
            id=file.id,
            turn=file.turn,
            stored_as=stored.sha256 if stored else expected or "",
            expected=Expected(expected, stored.sm3 if stored else None),
        )


def record(given: Surroundings, claim: Claim, found: Found) -> None:
    """Record how a file was found; nothing if that was recorded or asked for anew meanwhile."""
    now = given.clock()
    with given.db.write() as session:
        file = session.get_one(ArchivedFile, claim.id, with_for_update=True)
        if file.turn != claim.turn:
            return
        file.turn += 1
        file.audit_id, file.audited_at, file.fixity = new_id(), now, found.fixity
        file.claimed_until = 0.0
        if found.fixity is Fixity.INTACT:
            file.due_at, file.lost_at = now + _period(given), None
            return
        file.due_at = now + min(_LOST_AGAIN, _period(given))
        if file.lost_at is None:
            file.lost_at = now
            given.publish(session, _event(file, claim, found, now))
    log.error(
        "archived file not intact", file=str(claim.id), fixity=found.fixity, error=found.error
    )


def request(session: Session, context: Context, project_id: UUID) -> ProjectAuditView:
    """Have all electronic files of a project audited before all others."""
    project = visible(session, context, project_id)
    repository.ask_for_audit(session, project.id, AT_ONCE)
    return _project_view(session, project)


def show(session: Session, context: Context, project_id: UUID) -> ProjectAuditView:
    """How many files of a project are intact, are not, wait, or cannot be audited."""
    return _project_view(session, visible(session, context, project_id))


def browse(session: Session, context: Context, query: AuditQuery) -> Page[ArchivedFileView]:
    """The files that have been audited, the latest audit first."""
    return paginate(
        session,
        repository.audited_files(query.project_id),
        key=col(ArchivedFile.audit_id),
        paging=query,
        view=_view,
        newest_first=True,
    )


def browse_lost(session: Session, context: Context, query: AuditQuery) -> Page[ArchivedFileView]:
    """The files that are not intact, as of their last audits."""
    return paginate(
        session,
        repository.lost_files(query.project_id),
        key=col(ArchivedFile.id),
        paging=query,
        view=_view,
    )


def _period(given: Surroundings) -> timedelta:
    return timedelta(days=given.settings.audit_period_days)


def _event(file: ArchivedFile, claim: Claim, found: Found, now: datetime) -> events.FixityLost:
    return events.FixityLost(
        project_id=file.project_id,
        volume_id=file.volume_id,
        position=file.position,
        process_file_id=file.process_file_id,
        title=file.title,
        fixity=found.fixity,
        sha256=claim.expected.sha256,
        found_sha256=found.sha256,
        found_at=now,
    )


def _project_view(session: Session, project: Project) -> ProjectAuditView:
    by_fixity = repository.files_by_fixity(session, project.id)
    not_stored = repository.items_not_stored(session, project.id)
    return ProjectAuditView(
        project_id=project.id,
        intact=by_fixity.pop(Fixity.INTACT, 0),
        not_yet_audited=by_fixity.pop(None, 0),
        not_intact=sum(by_fixity.values()),
        requested=repository.files_asked_for(session, project.id, AT_ONCE),
        not_auditable=NotAuditableView(
            paper=not_stored.get(False, 0), kept_elsewhere=not_stored.get(True, 0)
        ),
    )


def _view(file: ArchivedFile) -> ArchivedFileView:
    return ArchivedFileView.model_validate(file, from_attributes=True)
