"""`./govproject test`: pytest over the workspace, with real programs behind it."""

import os
import sys
from collections.abc import Callable
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


def test(arguments: list[str], *, everything: bool) -> NoReturn:
    """Become pytest, in the root of the workspace.

    Args:
        arguments: for pytest; without any, the whole workspace is tested, on several cores.
        everything: first fetch every real program, and fail if one could not run.
    """
    environment = dict(os.environ)
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
        sys.executable, [sys.executable, "-m", "pytest", *(arguments or workers)], environment
    )
