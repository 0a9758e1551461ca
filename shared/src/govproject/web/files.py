"""Handing in files and getting them back: `POST /files?name=…` with the content as the body.

The content goes to the disk as it comes; memory does not depend on its size. It is examined and
stored before it is recorded. Until then its file has no name: what is refused leaves nothing
behind, and neither does a process that is killed.
"""

import base64
import binascii
import re
import tempfile
from pathlib import Path
from typing import Annotated, BinaryIO
from uuid import UUID

from anyio import to_thread
from cryptography.hazmat.primitives import hashes
from fastapi import APIRouter, Header, Query, Request, Response
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError
from starlette.requests import ClientDisconnect
from starlette.responses import StreamingResponse

from govproject.errors import Invalid, Malformed, TooLarge, Unavailable
from govproject.fields import ShortText
from govproject.files import parts, records
from govproject.files.kinds import MEDIA_TYPES, FileKind, examine
from govproject.files.opening import unreadable
from govproject.files.records import FileView, Upload
from govproject.web.access import Read, Write, read_as, write_as
from govproject.web.downloads import attachment

PATH = "/files"
_MIB = 1024 * 1024
_CONTENT_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/=]{44}):")


def _file_name(name: str) -> str:
    if any(character in name for character in '/\\:*?"<>|'):
        raise PydanticCustomError("file_name", '文件名不得含有 / \\ : * ? " < > |')
    return name


FileName = Annotated[ShortText, AfterValidator(_file_name)]
AnyWriter = Annotated[Write, write_as(reads_body=False)]
AnyReader = Annotated[Read, read_as()]

router = APIRouter(tags=["files"])


@router.post(
    PATH,
    status_code=201,
    response_model=FileView,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    },
)
async def upload_file(
    request: Request,
    write: AnyWriter,
    name: Annotated[FileName, Query(description="文件名，含后缀")],
    content_digest: Annotated[
        str | None, Header(description="RFC 9530，例如 sha-256=:…:；与收到的内容不符时拒绝")
    ] = None,
) -> Response:
    """上传文件。相同的文件重复上传不会重复保存。"""
    limit = write.context.settings.max_file_mib * _MIB
    _must_fit(_declared_size(request), limit)  # before any of it crosses the network
    with await to_thread.run_sync(_nameless, write.context.settings.files_dir) as incoming:
        sha256, sm3 = await _receive(request, incoming, limit)
        if content_digest is not None:
            _must_match(content_digest, sha256)
        return await to_thread.run_sync(_take_over, write, incoming, name, sha256, sm3)


@router.get(PATH + "/{file_id}", response_model=FileView)
def show_file(file_id: UUID, read: AnyReader) -> Response:
    """文件信息；项目单位只能看到本单位上传的文件。"""
    return read.answer(records.show, file_id)


@router.get(PATH + "/{file_id}/content", response_class=StreamingResponse)
def download_file(file_id: UUID, read: AnyReader) -> Response:
    """下载文件。"""
    with read.db.read() as session:
        stored = records.visible(session, read.context, file_id)
        name, kind, digest = stored.name, stored.kind, stored.sha256
    try:
        return attachment(read.context.files.open(digest), name, MEDIA_TYPES[FileKind(kind)])
    except OSError as error:
        raise unreadable() from error


def _nameless(directory: Path) -> BinaryIO:
    """A file without a name in this directory, which has room for what is kept."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        return tempfile.TemporaryFile(dir=directory)
    except OSError as error:
        raise _unstorable() from error


async def _receive(request: Request, incoming: BinaryIO, limit: int) -> tuple[bytes, bytes]:
    """Write the body out, and answer with its SHA-256 and SM3."""
    sha256, sm3 = hashes.Hash(hashes.SHA256()), hashes.Hash(hashes.SM3())
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            _must_fit(size, limit)
            sha256.update(chunk)
            sm3.update(chunk)
            await to_thread.run_sync(incoming.write, chunk)
    except ClientDisconnect as error:
        raise Malformed("upload_broken_off", "上传中断。") from error
    return sha256.finalize(), sm3.finalize()


def _declared_size(request: Request) -> int:
    """What the client says, in bytes; 0 when it says nothing, or nothing that is a size."""
    try:
        return int(request.headers.get("content-length", "0"))
    except ValueError:
        return 0


def _must_fit(size: int, limit: int) -> None:
    if size > limit:
        raise TooLarge("file_too_large", f"单个文件不得超过 {limit // _MIB} MiB。")


def _must_match(content_digest: str, sha256: bytes) -> None:
    given = _CONTENT_DIGEST.fullmatch(content_digest)
    try:
        expected = base64.b64decode(given[1], validate=True) if given else None
    except binascii.Error:
        expected = None
    if expected is None:
        raise Invalid("content_digest", "Content-Digest 须为 sha-256=:…: 的形式。")
    if expected != sha256:
        raise Invalid("content_digest_differs", "收到的内容与所给摘要不符。")


def _take_over(write: Write, incoming: BinaryIO, name: str, sha256: bytes, sm3: bytes) -> Response:
    incoming.flush()
    size = incoming.tell()
    kind = examine(incoming, name)
    upload = Upload(
        name=name,
        kind=kind,
        size=size,
        sha256=sha256.hex(),
        sm3=sm3.hex(),
        parts_sha256=parts.digest(incoming, kind),
    )
    try:
        # The only name it has, as long as it is open.
        write.context.files.keep(upload.sha256, Path(f"/proc/self/fd/{incoming.fileno()}"))
    except OSError as error:
        raise _unstorable() from error
    return write.once(records.record, upload)


def _unstorable() -> Unavailable:
    return Unavailable("file_unstorable", "文件暂时无法保存。")
