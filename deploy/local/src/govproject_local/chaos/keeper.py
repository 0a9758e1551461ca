"""Keeps a program running, whatever ends it: what an init system does for a real installation."""

import asyncio
import contextlib
import os
import signal
import time
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Self

from govproject_local.process import OnLine, Process, Program

_PAUSE_SECONDS = 0.2
_POLL_SECONDS = 0.05


class NotUpError(Exception):
    """A program did not come up again; the message says which."""


class Keeper:
    """One program, started on entering this context and again at once whenever it ends."""

    def __init__(self, program: Program, on_line: OnLine) -> None:
        self.name = program.name
        self.ends: Counter[int] = Counter()
        """How often it ended with which exit code; negative for a signal."""
        self._program = program
        self._on_line = on_line
        self._process: Process | None = None
        self._keeping: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._keeping = asyncio.create_task(self._keep(), name=self.name)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        if self._process is not None:
            await self._process.stop()

    async def until_up(self) -> None:
        """Wait until the program says that it is ready.

        Raises:
            NotUpError: it does not within its bound.
        """
        within = self._program.start_within
        deadline = time.monotonic() + within
        while not (self._runs and await self._program.ready()):
            if time.monotonic() > deadline or (self._keeping and self._keeping.done()):
                tail = " / ".join(self._process.tail) if self._process else ""
                raise NotUpError(f"{self.name} was not up again within {within:g} s: {tail}")
            await asyncio.sleep(_POLL_SECONDS)

    async def kill(self) -> None:
        """Kill it with -9, and its children with it; return when it has ended."""
        process = self._process
        if process is None:
            return
        children = _children(process.pid)  # PostgreSQL's leave the group
        process.kill()
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        await process.wait()

    async def until_ended(self) -> None:
        """Wait until it ends, as it runs now."""
        if self._process is not None:
            await self._process.wait()

    async def suspend(self, seconds: float) -> None:
        """Let it stand still for a while (SIGSTOP), as a machine that is being moved does."""
        process = self._process
        if process is None:
            return
        try:
            _signal_group(process, signal.SIGSTOP)
            await asyncio.sleep(seconds)
        finally:
            _signal_group(process, signal.SIGCONT)

    @property
    def _runs(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def _keep(self) -> None:
        while True:
            self._process = await Process.start(self._program, self._on_line)
            code = await self._process.wait()
            await self._process.stop()  # what it left behind in its group
            self.ends[code] += 1
            self._on_line(self.name, f"ended with {code}; starting it again")
            if code != -signal.SIGKILL:
                await asyncio.sleep(_PAUSE_SECONDS)


def _signal_group(process: Process, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # pid (name) state ppid …; the name may hold anything.
            if int(status.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(status.parent.name))
    return found
