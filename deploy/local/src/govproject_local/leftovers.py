"""Folders of test sessions: each new one first removes those whose processes were killed.

A session's processes hold its lease and a host holds its `alive` file, both by locks that the
kernel drops with them: a folder with neither held belongs to nobody.
"""

import fcntl
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

from govproject_local.hosted import Lease, try_lock

PREFIX = "govproject-peers-"
ENDED_WITHIN = 30
"""Seconds; a process that does not end by then is left, with its folder, to a later session."""


def new_lease(parent: Path | None = None) -> Lease:
    """Take the lease of a new session, in a folder of its own.

    Args:
        parent: where the folders are; None: where temporary files go.
    """
    parent = parent or Path(tempfile.gettempdir())
    # So that nobody sees a folder that is made already and not leased yet.
    with (parent / f".{PREFIX}{os.getuid()}").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        sweep(parent)
        return Lease(Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent)))


def sweep(parent: Path) -> None:
    """Remove this user's folders that no live process holds, with what still runs in them."""
    for folder in parent.glob(f"{PREFIX}*"):
        # Another session may remove its own meanwhile.
        with suppress(FileNotFoundError, PermissionError):
            if folder.stat().st_uid == os.getuid() and (folder / "lease").exists():
                _remove_unless_held(folder)


def _remove_unless_held(folder: Path) -> None:
    with ExitStack() as stack:
        for held in (folder / "lease", *folder.glob("*.alive")):
            if not try_lock(stack.enter_context(held.open()).fileno()):
                return
        # A broker outlives a host that was killed: its start script, which dies, is not itself.
        if _end_all_in(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _end_all_in(folder: Path) -> bool:
    """Kill what works in the folder until nothing does: a signal asks, and a parent may fork."""
    deadline = time.monotonic() + ENDED_WITHIN
    while pids := list(_working_in(folder)):
        if time.monotonic() > deadline:
            return False
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)
    return True


def _working_in(folder: Path) -> Iterator[int]:
    place = folder.resolve()
    for process in Path("/proc").glob("[0-9]*"):
        # Ended meanwhile, or of another user.
        with suppress(OSError):
            if (process / "cwd").readlink().is_relative_to(place):
                yield int(process.name)
