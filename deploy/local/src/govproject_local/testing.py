"""`./govproject test`: pytest over the workspace, with real programs behind it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from govproject.errors import PrerequisiteError
from govproject_local import asyncapi_parser, broker, browser, postgres, prometheus
from govproject_local.hosted import ALL
from govproject_local.paths import ROOT
from govproject_local.running import say

# Real programs that the tests need and how to get them, by the name in `@pytest.mark.peer(…)`.
PEERS: dict[str, Callable[[], object]] = {
    "rabbitmq": broker.find,
    "postgresql": lambda: postgres.find(may_fetch=True),
    "prometheus": lambda: prometheus.find(may_fetch=True),
    "chromium": lambda: browser.find(may_fetch=True),
    "asyncapi": lambda: asyncapi_parser.find(may_fetch=True),
}

MEMORY = Path("/dev/shm")  # noqa: S108 - every file in it is of a random name
ROOM = 4 << 30


def test(arguments: list[str], *, everything: bool) -> NoReturn:
    """Become pytest, in the root of the workspace.

    Args:
        arguments: for pytest; without any, the whole workspace is tested, on several cores.
        everything: first fetch every real program, and fail if one could not run.
    """
    environment = dict(os.environ)
    options: list[str] = []
    if "TMPDIR" not in environment and fit_for_data(MEMORY):
        # Commits wait for disks; what the tests kill are processes, which leave written files be.
        environment["TMPDIR"] = str(MEMORY)
        # Memory is dearer than a disk: what the last run left is enough.
        options = ["-o", "tmp_path_retention_count=1"]
    if everything:
        environment[ALL] = "1"
        for name, get in PEERS.items():
            try:
                get()
            except PrerequisiteError as error:
                # The tests go on without it; the account at their end says so, and fails.
                say(f"no {name}: {error}")
    # A file on one core, for what its tests share; the files in the order of `testpaths`.
    files = ["--dist", "loadfile", "--no-loadscope-reorder"]
    workers = ["-n", str(min(4, os.cpu_count() or 1)), *files]
    sys.stderr.flush()
    os.chdir(ROOT)
    os.execve(  # noqa: S606 - no shell wanted
        sys.executable,
        [sys.executable, "-m", "pytest", *options, *(arguments or workers)],
        environment,
    )


def fit_for_data(memory: Path) -> bool:
    """Whether a file system in memory holds the tests' data, and lets programs in it run."""
    try:
        system = os.statvfs(memory)
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return False
    available = next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable:"))
    return (
        system.f_bavail * system.f_frsize >= ROOM
        and available * 1024 >= 2 * ROOM
        and not system.f_flag & os.ST_NOEXEC
    )
