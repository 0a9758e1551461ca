"""The embedded store: one folder, each content once, under its own digest."""

import os
from pathlib import Path
from typing import BinaryIO

_LEVELS = (2, 4)


class FolderStore:
    """Keeps contents in a folder that several processes may share.

    Args:
        directory: made when it is needed. Only the service's own user may read it.
    """

    name = "folder"

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def keep(self, digest: str, content: Path) -> None:
        """Take a copy of a file over. Once this returns, it survives a power cut."""
        there = self._path(digest)
        if there.exists():
            return
        there.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Under another name first: what is there under its digest is always whole.
        copy = there.with_name(f".{there.name}.{os.getpid()}.{id(content)}")
        try:
            with content.open("rb") as source, copy.open("xb") as target:
                while chunk := source.read(1024 * 1024):
                    target.write(chunk)
                target.flush()
                os.fsync(target.fileno())
            copy.replace(there)
        finally:
            copy.unlink(missing_ok=True)
        for folder in (there.parent, there.parent.parent, self._directory):
            _sync(folder)

    def open(self, digest: str) -> BinaryIO:
        """The content, for reading.

        Raises:
            FileNotFoundError: it is not here.
        """
        return self._path(digest).open("rb")

    def _path(self, digest: str) -> Path:
        first, second = _LEVELS
        return self._directory / digest[:first] / digest[first:second] / digest


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
