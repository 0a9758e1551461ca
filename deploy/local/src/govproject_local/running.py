"""How a command runs work that holds processes: progress apart from results, Ctrl-C in order."""

import asyncio
import os
import signal
import sys
from collections.abc import Coroutine
from types import FrameType
from typing import Any

from govproject.errors import PrerequisiteError
from govproject_local.supervisor import PREREQUISITE, ProgramFailedError

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


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
    interruption = _Interruption()
    before = {number: signal.signal(number, interruption) for number in _SIGNALS}
    try:
        return asyncio.run(interruption.until_done(work))
    except ProgramFailedError as error:
        if error.returncode == PREREQUISITE and error.tail:
            raise PrerequisiteError(error.tail[-1]) from None
        for line in error.tail:
            print(f"  {line}", file=sys.stderr)
        say(f"{error}; stopped everything")
        return 1
    finally:
        for number, handler in before.items():
            # All is stopped: a second Ctrl-C that comes only now has nothing left to hurry.
            signal.signal(number, signal.SIG_IGN if interruption.number else handler)


class _Interruption:
    """What a signal does to the work.

    A handler of Python's own and not of the loop: closing a loop gives its signals back.
    """

    def __init__(self) -> None:
        self.number: int | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def __call__(self, number: int, _: FrameType | None) -> None:
        if self.number is not None or self._loop is None or self._loop.is_closed():
            # The programs die with this process: they were started so.
            os._exit(128 + number)
        self.number = number
        self._loop.call_soon_threadsafe(self._stop)

    async def until_done(self, work: Coroutine[Any, Any, None]) -> int:
        """Await the work; 0, or 128 + the signal that ended it."""
        self._task = asyncio.create_task(work)
        self._loop = asyncio.get_running_loop()
        try:
            await self._task
        except asyncio.CancelledError:
            if self.number is None:
                raise
            say("stopped")
            return 128 + self.number
        return 0

    def _stop(self) -> None:
        say("stopping … (once more to kill)")
        if self._task is not None:
            self._task.cancel()
