"""Runs programs together: started in order once ready, failing together, stopped in reverse order.

A stage is a set of programs started at once; later stages need earlier ones and stop first.
"""

import asyncio
from types import TracebackType
from typing import Any, Self

from govproject_local.process import OnLine, Process, Program

POLL_SECONDS = 0.1


class ProgramFailedError(Exception):
    """A program ended by itself or did not become ready."""

    def __init__(self, process: Process, what: str) -> None:
        super().__init__(f"{process.program.name} {what}")
        self.tail = tuple(process.tail)
        self.returncode = process.returncode


class Supervisor:
    """Owns processes: whatever it started has ended when its context is left."""

    def __init__(self, on_line: OnLine) -> None:
        self._on_line = on_line
        self._stages: list[dict[str, Process]] = []
        self._started = asyncio.Event()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def start(self, *programs: Program) -> None:
        """Start a stage; return once all are ready, raise ProgramFailedError if one cannot be."""
        stage: dict[str, Process] = {}
        self._stages.append(stage)
        await self._start(stage, programs)

    async def start_again(self, program: Program) -> None:
        """Start a program that was stopped or killed, in the stage it had."""
        await self._start(self._stage(program.name), (program,))

    async def stop(self, name: str) -> None:
        """Stop one program; the others go on."""
        await self._stop(self._stage(name)[name])

    async def kill(self, name: str) -> None:
        """Kill one program with -9; the others go on."""
        process = self._stage(name)[name]
        process.kill()
        await process.stop()

    def pid(self, name: str) -> int:
        """Return the process id of a program."""
        return self._stage(name)[name].pid

    async def first_failure(self) -> ProgramFailedError:
        """Wait until a program ends that nobody stopped, and return which."""
        while True:
            self._started.clear()
            ends = {
                asyncio.create_task(process.wait()): process
                for stage in self._stages
                for process in stage.values()
                if not process.stopping
            }
            started = asyncio.create_task(self._started.wait())
            try:
                await asyncio.wait({started, *ends}, return_when=asyncio.FIRST_COMPLETED)
                for task, process in ends.items():
                    if task.done() and not process.stopping:
                        return await _ended(process)
            finally:
                for task in (started, *ends):
                    task.cancel()

    async def close(self) -> None:
        """Stop everything, the last stage first, each program within its bound."""
        while self._stages:
            async with asyncio.TaskGroup() as group:
                for process in self._stages[-1].values():
                    group.create_task(self._stop(process))
            self._stages.pop()

    def _stage(self, name: str) -> dict[str, Process]:
        return next(stage for stage in self._stages if name in stage)

    async def _start(self, stage: dict[str, Process], programs: tuple[Program, ...]) -> None:
        for program in programs:
            stage[program.name] = await Process.start(program, self._on_line)
        self._started.set()
        # Whichever program fails, earlier stages' included, ends the waiting for the others.
        failure = asyncio.create_task(self.first_failure())
        waits: set[asyncio.Task[Any]] = {
            asyncio.create_task(_until_ready(stage[each.name])) for each in programs
        }
        try:
            while waits:
                done, waits = await asyncio.wait(
                    {failure, *waits}, return_when=asyncio.FIRST_COMPLETED
                )
                if failure in done:
                    raise failure.result()
                waits.discard(failure)
                for each in done:
                    each.result()
        finally:
            for each in (failure, *waits):
                each.cancel()

    async def _stop(self, process: Process) -> None:
        if not await process.stop():
            bound = process.program.stop_within
            self._on_line(process.program.name, f"did not stop within {bound:g} s: killed")


async def _until_ready(process: Process) -> None:
    limit = process.program.start_within
    try:
        async with asyncio.timeout(limit):
            while not await process.program.ready():  # noqa: ASYNC110 - another process
                await asyncio.sleep(POLL_SECONDS)
    except TimeoutError:
        raise ProgramFailedError(process, f"was not ready within {limit:g} s") from None


async def _ended(process: Process) -> ProgramFailedError:
    code = await process.wait()
    await process.stop()  # what it left behind in its group, and its last lines
    return ProgramFailedError(
        process, f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
    )
