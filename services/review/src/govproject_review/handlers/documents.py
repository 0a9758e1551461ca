"""Documents that a command names by the files in which they were handed in (Art 11)."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.files import records
from govproject_review.tendering import DocumentFile


def on_record(session: Session, context: Context, file_ids: Iterable[UUID]) -> list[DocumentFile]:
    """What is kept of them, each once. Raises Invalid, Forbidden."""
    stored = [records.referred(session, context, each) for each in dict.fromkeys(file_ids)]
    return [DocumentFile(file_id=each.id, name=each.name, sha256=each.sha256) for each in stored]
