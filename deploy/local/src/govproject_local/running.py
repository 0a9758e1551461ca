"""How a command runs work that holds processes: progress apart from results, Ctrl-C in order."""

import asyncio
import os
import signal
import sys
from collections.abc import Coroutine
from typing import Any

from govproject.errors import PrerequisiteError
from govproject_local.supervisor import PREREQUISITE, ProgramFailedError


def say(text: str) -> None:
    """Tell the user about progress on stderr; results go to stdout."""
    print(f"govproject: {text}", file=sys.stderr, flush=True)


def run(work: Coroutine[Any, Any, None]) -> int:
    """Run work that the first Ctrl-C (SIGTERM, SIGHUP) ends in order and the second at once.

    Returns:
        The exit code: 0, 1 if one of its programs failed, 128 + the signal if it was interrupted.

    Raises:
        PrerequisiteError: the work's own, or the one that a program ended with.
    """
    try:
        return asyncio.run(_interruptible(work))
    except ProgramFailedError as error:
        if error.returncode == PREREQUISITE and error.tail:
            raise PrerequisiteError(error.tail[-1]) from None
        for line in error.tail:
            print(f"  {line}", file=sys.stderr)
        say(f"{error}; stopped everything")
        return 1


async def _interruptible(work: Coroutine[Any, Any, None]) -> int:
    task = asyncio.create_task(work)
    received: list[int] = []

    def interrupt(number: int) -> None:
        if received:
            # The programs die with this process: they were started so.
            os._exit(128 + number)
        received.append(number)
        say("stopping … (once more to kill)")
        task.cancel()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, interrupt, number)
    try:
        await task
    except asyncio.CancelledError:
        say("stopped")
        return 128 + received[0]
    return 0
