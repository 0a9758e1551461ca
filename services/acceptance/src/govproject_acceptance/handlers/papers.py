"""The files that records refer to."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.files import records
from govproject_acceptance.papers import Paper


def referred(session: Session, context: Context, file_id: UUID) -> Paper:
    """The file that a command refers to, to be kept with its record. Raises Invalid, Forbidden."""
    stored = records.referred(session, context, file_id)
    return Paper(file_id=stored.id, name=stored.name, sha256=stored.sha256)


def referred_if_given(session: Session, context: Context, file_id: UUID | None) -> Paper | None:
    """The same for a file that may be left out."""
    return None if file_id is None else referred(session, context, file_id)
