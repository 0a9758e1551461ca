"""Events of the archive service: what is due, handed over, checked, and no longer intact."""

from datetime import datetime
from uuid import UUID

from govproject.contracts.event import Event
from govproject.obligations import events as obligations
from govproject.obligations.events import Obligations
from govproject.terms import FileClass, Fixity

SOURCE = "archive"


class FileClassDue(Event, source=SOURCE, name="file_class.due"):
    """A class of files fell due on its trigger (Art 40)."""

    file_class: FileClass
    """The class of files."""
    trigger: str
    """What made it due, as the article has it."""
    due_at: datetime
    """When it fell due."""


class VolumeHandedOver(Event, source=SOURCE, name="volume.handed_over"):
    """Both sides counted the volume and agree (Art 41)."""

    volume_id: UUID
    """The volume."""
    file_class: FileClass
    """The class of the files in it."""
    handover_number: str
    """The number of the hand-over list that both sides signed."""
    item_count: int
    """How many items both sides counted."""
    handed_over_at: datetime
    """When the second side confirmed."""


class ArchiveCheckPassed(Event, source=SOURCE, name="archive_check.passed"):
    """The archive acceptance that final acceptance needs has passed (Art 19 veto 6)."""

    classes: tuple[FileClass, ...]
    """The classes of files that were checked."""
    checked_at: datetime
    """When the check was concluded."""
    covered: tuple[str, ...] | None = None
    """What made them due, as class/record; an older build knew no records, or says null."""


class ArchiveCheckFailed(Event, source=SOURCE, name="archive_check.failed"):
    """The archive acceptance failed (Art 19 veto 6)."""

    reasons: tuple[str, ...]
    """What was found wanting, one sentence each."""
    checked_at: datetime
    """When the check was concluded."""


class FixityLost(Event, source=SOURCE, name="fixity.lost"):
    """An audit found an electronic file of the archive not intact; once until it is intact again.

    Either `volume_id` and `position` or `process_file_id` say which file it is.
    """

    volume_id: UUID | None = None
    """The volume in whose catalogue it stands."""
    position: int | None = None
    """Its place in that catalogue."""
    process_file_id: UUID | None = None
    """The process file that it is (Art 18)."""
    title: str
    """Its title in the catalogue, or its name as process material."""
    fixity: Fixity
    """How it was found."""
    sha256: str | None
    """What its SHA-256 has to be, in hexadecimal; None when the catalogue no longer says."""
    found_sha256: str | None
    """The SHA-256 of what is there; None when nothing could be read."""
    found_at: datetime
    """When it was found."""


class ArchiveObligationOpened(obligations.Opened, source=SOURCE):
    """The files of a class that fell due are to be archived (Art 40)."""


class ArchiveObligationClosed(obligations.Closed, source=SOURCE):
    """Their volume is in the archive, with every paper of the class."""


class ArchiveObligationNear(obligations.Near, source=SOURCE):
    """An open duty is due soon; said once, on a provisional day as well."""


class ArchiveObligationOverdue(obligations.Overdue, source=SOURCE):
    """An open duty's day is over and no proof is on record; said once, never provisionally."""


class ArchiveObligationRescheduled(obligations.Rescheduled, source=SOURCE):
    """A provisional day was computed again from the calendar that is known by now."""


OBLIGATIONS = Obligations(
    ArchiveObligationOpened,
    ArchiveObligationClosed,
    ArchiveObligationNear,
    ArchiveObligationOverdue,
    ArchiveObligationRescheduled,
)
