"""Events of the archive service: what is due, what was handed over, what the check found."""

from datetime import datetime
from uuid import UUID

from govproject.contracts.event import Event
from govproject.terms import FileClass

SOURCE = "archive"


class FileClassDue(Event, source=SOURCE, name="file_class.due"):
    """A class of files fell due on its trigger (Art 40)."""

    file_class: FileClass
    trigger: str
    due_at: datetime


class VolumeHandedOver(Event, source=SOURCE, name="volume.handed_over"):
    """Both sides counted the volume and agree (Art 41)."""

    volume_id: UUID
    file_class: FileClass
    handover_number: str
    item_count: int
    handed_over_at: datetime


class ArchiveCheckPassed(Event, source=SOURCE, name="archive_check.passed"):
    """The archive acceptance that final acceptance needs has passed (Art 19 veto 6)."""

    classes: tuple[FileClass, ...]
    checked_at: datetime


class ArchiveCheckFailed(Event, source=SOURCE, name="archive_check.failed"):
    """The archive acceptance failed (Art 19 veto 6)."""

    reasons: tuple[str, ...]
    checked_at: datetime
