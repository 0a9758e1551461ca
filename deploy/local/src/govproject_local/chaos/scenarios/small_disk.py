"""A small file system that runs really full. It goes away even when the launcher is killed."""

import asyncio
import contextlib
from pathlib import Path
from types import TracebackType
from typing import Self

from govproject.errors import PrerequisiteError
from govproject_local.chaos.scenarios.hand import Hand
from govproject_local.chaos.scenarios.waiting import NeverError, until

_SAID = ("disk is full", "No space left")
_CHUNK = bytes(64 * 1024)

# Unmounts when its standard input ends, which the death of the launcher does as well.
_HOLDER = """
mount -t tmpfs -o size="$2",mode=1777 govproject "$1" || exit 1
echo mounted; cat >/dev/null; umount -l "$1"
"""


class SmallDisk:
    """A file system in memory, mounted on a directory.

    Args:
        place: the directory; it is made.
        kibibytes: its size.
    """

    def __init__(self, place: Path, kibibytes: int) -> None:
        self.place = place
        self._kibibytes = kibibytes
        self._filler = place / "filler"

    async def __aenter__(self) -> Self:
        """Mount it.

        Raises:
            PrerequisiteError: not allowed here.
        """
        self.place.mkdir(parents=True)
        self._holder = await asyncio.create_subprocess_exec(
            *("sh", "-c", _HOLDER, "sh", str(self.place), f"{self._kibibytes}k"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        assert self._holder.stdout is not None  # noqa: S101  # a pipe was asked for
        if await self._holder.stdout.readline() != b"mounted\n":
            _, complaint = await self._holder.communicate()
            raise PrerequisiteError(
                f"no small file system can be mounted ({complaint.decode().strip()}): run as root"
            )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._holder.communicate(b"")  # ends its standard input

    def fill(self) -> None:
        """Take all the space that is left."""
        with self._filler.open("ab", buffering=0) as filler, contextlib.suppress(OSError):
            while True:
                # A write that finds some space takes it and says so; the next one finds none.
                filler.write(_CHUNK)

    def make_space(self) -> None:
        """Give back what `fill` took."""
        self._filler.unlink()


async def run_full(disk: SmallDisk, *hands: Hand) -> None:
    """Fill a disk, wait until the workers are unready because of it, and make space.

    Raises:
        NeverError: they do not notice, or do not recover by themselves.
    """
    for hand in hands:
        hand.complaints.clear()
    disk.fill()
    try:
        await until(lambda: not any(hand.ready for hand in hands), "the workers are unready")
    finally:
        disk.make_space()
    for hand in hands:
        if not any(said in complaint for complaint in hand.complaints for said in _SAID):
            raise NeverError(f"{hand.orders.name} says that the disk is full: {hand.complaints}")
    await until(lambda: all(hand.ready for hand in hands), "the workers recover by themselves")
