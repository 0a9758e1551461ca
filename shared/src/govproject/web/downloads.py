"""Answers that are files: streamed, saved under a name, and never shown in place."""

import os
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote

from starlette.responses import StreamingResponse

from govproject.files.kinds import MEDIA_TYPES, FileKind

_CHUNK = 1024 * 1024


class WorkbookResponse(StreamingResponse):
    """A workbook, for `response_class` of a route."""

    media_type = MEDIA_TYPES[FileKind.XLSX]


def attachment(content: BinaryIO, name: str, media_type: str) -> StreamingResponse:
    """A file from its beginning to its end; it is closed then."""
    size = content.seek(0, os.SEEK_END)
    content.seek(0)
    return StreamingResponse(
        _chunks(content),
        media_type=media_type,
        headers={
            "Content-Length": str(size),
            # Never shown in place: what a unit handed in must not run in an official's browser.
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "X-Content-Type-Options": "nosniff",
        },
    )


def workbook(content: BinaryIO, name: str) -> StreamingResponse:
    """A workbook that was written just now.

    Args:
        content: see `govproject.exchange.writing.write`.
        name: without its ending.
    """
    return attachment(content, f"{name}.xlsx", MEDIA_TYPES[FileKind.XLSX])


def _chunks(content: BinaryIO) -> Iterator[bytes]:
    with content:
        while chunk := content.read(_CHUNK):
            yield chunk
