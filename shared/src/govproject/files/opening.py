"""Reading a content from whatever store a site has, which may fail at any time."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from govproject.adapters import FileStore
from govproject.errors import Unavailable


@contextmanager
def opened(store: FileStore, digest: str) -> Iterator[BinaryIO]:
    """A content, for reading.

    Whoever reads it takes a failure of the store for a broken file, and would have it handed in
    again. On leaving, the failure is what counts.

    Raises:
        Unavailable: the content is not there, or the store failed before it was read.
    """
    try:
        watched = _Watched(store.open(digest))
    except OSError as error:
        raise unreadable() from error
    try:
        with io.BufferedReader(watched) as content:
            yield content
    # Whatever a parser makes of a store that failed under it, the store is what failed.
    except Exception as error:
        if watched.failure is not None:
            raise unreadable() from error
        raise
    if watched.failure is not None:
        raise unreadable() from watched.failure


def unreadable() -> Unavailable:
    """The error about a store that does not give a content away."""
    return Unavailable("file_unavailable", "文件暂时无法读取。")


class _Watched(io.RawIOBase):
    """A content that remembers how its store failed."""

    def __init__(self, content: BinaryIO) -> None:
        self.failure: OSError | None = None
        self._content = content

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._content.seek(offset, whence)

    def tell(self) -> int:
        return self._content.tell()

    def readinto(self, buffer: Any) -> int:
        try:
            chunk = self._content.read(len(buffer))
        except OSError as error:
            self.failure = error
            raise
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        self._content.close()
        super().close()
