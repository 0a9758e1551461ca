"""Keeps a worker going: after a failure it is started again, with growing pauses."""

import asyncio
import logging
import random
from typing import Protocol

from aio_pika.exceptions import AMQPError, ChannelInvalidStateError

from govproject.messaging.connection import BrokenChannelError
from govproject.messaging.threads import wait_for
from govproject.persistence.database import is_unavailable

logger = logging.getLogger(__name__)

_FIRST_PAUSE = 0.25
_LONGEST_PAUSE = 5.0
_EXPECTED = (AMQPError, ChannelInvalidStateError, BrokenChannelError, OSError, TimeoutError)
# Of its own: whoever seeds or watches the process's generator must not meet our pauses in it.
_CHANCE = random.SystemRandom()


class Report(Protocol):
    """How a worker says that it works, or in a sentence what it waits for."""

    def __call__(self, waiting: str | None = None, /) -> None:
        """Say it."""


class Worker(Protocol):
    """Something that runs until it fails or is told to stop."""

    async def session(self, ready: Report) -> None:
        """Run; call `ready` when everything needed is there. Returns only after `stop`."""

    def stop(self) -> None:
        """End the session in an orderly way."""


class Supervised:
    """A worker and what is wrong with it."""

    def __init__(self, name: str, worker: Worker) -> None:
        self.name = name
        self.reason: str | None = "starting"
        """One sentence; None while the worker works."""
        self._worker = worker
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, and return at once."""
        self._task = asyncio.create_task(self._run(), name=self.name)

    async def stop(self, within: float) -> None:
        """End the worker: in an orderly way if it works, at once otherwise, or after that time."""
        if self._task is None:
            return
        self._stopping.set()
        self._worker.stop()
        if self.reason is None:
            await asyncio.wait([self._task], timeout=within)
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self.reason = "stopped"

    def _report(self, waiting: str | None = None, /) -> None:
        if waiting != self.reason:
            logger.info("%s: %s", self.name, waiting or "working")
        self.reason = waiting

    async def _run(self) -> None:
        pause = _FIRST_PAUSE
        while not self._stopping.is_set():
            try:
                await self._session()
            except Exception as error:  # noqa: BLE001  # logged, and shown in `reason`
                if self.reason is None:
                    pause = _FIRST_PAUSE  # it had worked
                # The first line: databases add the statement and its values.
                self.reason = f"{type(error).__name__}: {error}".splitlines()[0]
                _log(self.name, self.reason, error)
                # Spread out, so that services do not all come back at the same moment.
                await wait_for(self._stopping, _CHANCE.uniform(0.5, 1) * pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def _session(self) -> None:
        try:
            await self._worker.session(self._report)
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            # aiormq cancels what waits for a lost connection. Nobody cancelled the worker, and it
            # must not end unnoticed.
            raise BrokenChannelError("the connection was lost") from error


def _log(name: str, reason: str, error: Exception) -> None:
    # An absent broker or database is an event of operations, told in a line; else it is a bug.
    if isinstance(error, _EXPECTED) or is_unavailable(error):
        logger.warning("%s: %s; trying again", name, reason)
    else:
        logger.error("%s: %s; trying again", name, reason, exc_info=error)
