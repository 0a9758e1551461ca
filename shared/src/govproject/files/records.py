"""Who handed in which file. The record is made after the content is safe, never before."""

from contextlib import AbstractContextManager
from typing import BinaryIO
from uuid import UUID, uuid5

from sqlmodel import Session, col, select

from govproject.context import Context
from govproject.errors import Forbidden, Invalid, NotFound
from govproject.fields import View
from govproject.files.kinds import FileKind
from govproject.files.opening import opened
from govproject.identity import Role
from govproject.persistence.tables import StoredFile

# Who does their work without other people's files, but for what a panel is to judge.
_NEED_NONE = frozenset({Role.EXPERT, Role.PORTAL, Role.OPS})
_FILES = UUID("3b0b8c1e-6f0e-5b47-8a3f-2f9f3f6c7d51")  # any fixed namespace


class Upload(View):
    """A content that is safe in the store."""

    name: str
    kind: FileKind
    size: int
    sha256: str
    sm3: str
    parts_sha256: str | None


class FileView(View):
    """A file as people see it."""

    id: UUID
    name: str
    kind: FileKind
    size: int
    """Bytes."""
    sha256: str
    sm3: str
    """GB/T 32905-2016, in hexadecimal."""


def record(session: Session, context: Context, upload: Upload) -> FileView:
    """Note who handed the content in. The same again is the same record."""
    caller = context.caller
    owner = caller.limited_to or f"{caller.role.value}:{caller.subject}"
    file_id = uuid5(_FILES, f"{owner}\n{upload.sha256}\n{upload.name}")
    if session.get(StoredFile, file_id) is None:
        session.add(
            StoredFile(
                id=file_id,
                unit=caller.limited_to,
                uploaded_by=caller.subject,
                uploaded_at=context.now(),
                **dict(upload),
            )
        )
    return FileView(id=file_id, **upload.model_dump(exclude={"parts_sha256"}))


def show(session: Session, context: Context, file_id: UUID) -> FileView:
    """What is known of a file that the caller may see. Raises NotFound, Forbidden."""
    return FileView.model_validate(visible(session, context, file_id), from_attributes=True)


def visible(session: Session, context: Context, file_id: UUID) -> StoredFile:
    """A file's record; a unit sees what it handed in itself.

    Experts see what they are to judge, the cloud's portal and the operators nothing of others'.

    Raises:
        NotFound: `file_not_found`.
        Forbidden: `not_your_unit`, `file_not_for_role`.
    """
    stored = session.get(StoredFile, file_id)
    if stored is None:
        raise NotFound("file_not_found", "没有这个文件，请先上传。", id=str(file_id))
    caller = context.caller
    caller.must_own(stored.unit)
    is_own = stored.unit is None and stored.uploaded_by == caller.subject
    if caller.role in _NEED_NONE and not (is_own or _is_shown(session, context, file_id)):
        raise Forbidden(
            "file_not_for_role", f"{caller.role.zh}办理事项不需要查看这个文件，不予提供。"
        )
    return stored


def _is_shown(session: Session, context: Context, file_id: UUID) -> bool:
    asked = context.shown_to_experts if context.caller.role is Role.EXPERT else None
    return asked is not None and asked(session, context, file_id)


def referred(session: Session, context: Context, file_id: UUID) -> StoredFile:
    """The file that a command refers to.

    Raises:
        Invalid: `file_unknown`, nobody handed it in.
        Forbidden: another unit did, or the caller's role does without it.
    """
    try:
        return visible(session, context, file_id)
    except NotFound:
        raise Invalid("file_unknown", "所引用的文件不存在，请先上传。", id=str(file_id)) from None


def same_parts(session: Session, one: UUID, other: UUID) -> bool:
    """Whether two files are one office document, packed anew or saved with other properties.

    Of a file that an older build took in nobody knows.
    """
    files = session.get(StoredFile, one), session.get(StoredFile, other)
    first, second = (None if each is None else each.parts_sha256 for each in files)
    return first is not None and first == second


def own(session: Session, context: Context) -> dict[str, list[StoredFile]]:
    """What the caller's unit, or without one the caller, handed in: by name, the oldest first."""
    caller = context.caller
    query = select(StoredFile).where(StoredFile.unit == caller.limited_to)
    if caller.limited_to is None:
        query = query.where(StoredFile.uploaded_by == caller.subject)
    found: dict[str, list[StoredFile]] = {}
    for stored in session.exec(query.order_by(col(StoredFile.uploaded_at), col(StoredFile.id))):
        found.setdefault(stored.name, []).append(stored)
    return found


def content(context: Context, stored: StoredFile) -> AbstractContextManager[BinaryIO]:
    """A stored file's content, for reading. Raises Unavailable when the store fails."""
    return opened(context.files, stored.sha256)
