"""A running worker, in the hands of a scenario."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from govproject_local.chaos.scenarios.orders import Orders
from govproject_local.process import Process, Program

WORKER = "govproject_local.chaos.scenarios.worker"
STOP_SECONDS = 40.0


class WorkerFailedError(Exception):
    """A worker ended, or did not end, against its orders."""


class Hand:
    """Starts, pauses, kills and stops one worker.

    Args:
        orders: what it shall do.
        log: gets what it says.
    """

    def __init__(self, orders: Orders, log: Callable[[str, str], None]) -> None:
        self.orders = orders
        self.health: dict[str, str | None] = {}
        """What is wrong with each of its parts, as it last said."""
        self.complaints: list[str] = []
        """What ever was wrong with one of them."""
        self._log = log
        self._process: Process | None = None

    @property
    def ready(self) -> bool:
        """True while everything works."""
        return bool(self.health) and set(self.health.values()) == {None}

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._running().returncode

    async def start(self) -> None:
        """Start it, again if it has ended; return at once."""
        self.health = {}
        program = Program(
            name=self.orders.name,
            argv=(sys.executable, "-m", WORKER, self.orders.argument()),
            env=os.environ | {"PGAPPNAME": self.orders.name},
            cwd=Path(self.orders.place),
            stop_within=STOP_SECONDS,
        )
        self._process = await Process.start(program, self._heard)

    async def stop(self) -> None:
        """Stop it in order.

        Raises:
            WorkerFailedError: it did not, or had failed before.
        """
        process = self._running()
        if not await process.stop() or process.returncode != 0:
            raise WorkerFailedError(
                f"{self.orders.name} ended with {process.returncode}: {'; '.join(process.tail)}"
            )

    async def kill(self) -> None:
        """Kill it with -9."""
        process = self._running()
        process.kill()
        await process.stop()

    def pause(self) -> None:
        """Let it do nothing, as a host does that hangs; its connections stay."""
        os.killpg(self._running().pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on as if nothing had happened."""
        os.killpg(self._running().pid, signal.SIGCONT)

    def set_clock(self, ahead_seconds: int) -> None:
        """Set its clock so far ahead of ours."""
        draft = Path(self.orders.place) / f"{self.orders.name}.clock"
        draft.write_text(str(ahead_seconds))
        draft.rename(self.orders.clock_file)

    def _running(self) -> Process:
        if self._process is None:
            raise WorkerFailedError(f"{self.orders.name} was never started")
        return self._process

    def _heard(self, name: str, line: str) -> None:
        self._log(name, line)
        if line.startswith("{"):
            self.health = json.loads(line)
            self.complaints += [reason for reason in self.health.values() if reason is not None]


async def end_all(hands: list[Hand]) -> None:
    """Kill what still runs, when a scenario is over."""
    await asyncio.gather(*(hand.kill() for hand in hands if hand.exit_code is None))
