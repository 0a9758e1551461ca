"""Runs programs together: started in order once ready, failing together, stopped in reverse order.

A stage is a set of programs started at once; later stages need earlier ones and stop first.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Collection
from time import monotonic
from types import TracebackType
from typing import Any, Self

from govproject_local.process import OnLine, Process, Program

PREREQUISITE = 2
"""The exit code of a program that lacks something only a person can give it."""

POLL_SECONDS = 0.1
# A program that ends so often within so long is not started again.
MOST_ENDS = 5
WITHIN_SECONDS = 60
FIRST_DELAY_SECONDS = 1.0


class ProgramFailedError(Exception):
    """A program ended by itself or did not become ready."""

    def __init__(self, process: Process, what: str) -> None:
        super().__init__(f"{process.program.name} {what}")
        self.program = process.program
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

    async def first_lasting_failure(
        self, names: Collection[str], progress: Callable[[str], None]
    ) -> ProgramFailedError:
        """Start programs again that end by themselves, later each time; wait until that is no use.

        Args:
            names: which are started again. The end of any other lasts.
            progress: gets a sentence at each end and each new start.

        Returns:
            Which of the others ended, lacks something that it needs (exit code 2), or has ended
            `MOST_ENDS` times within `WITHIN_SECONDS`.
        """
        ends: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=MOST_ENDS))
        failure = await self.first_failure()
        while (name := failure.program.name) in names and failure.returncode != PREREQUISITE:
            now = monotonic()
            ends[name].append(now)
            recent = sum(now - at < WITHIN_SECONDS for at in ends[name])
            if recent == MOST_ENDS:
                return failure
            delay = FIRST_DELAY_SECONDS * 2 ** (recent - 1)
            progress(f"{failure}; starting it again in {delay:g} s")
            await asyncio.sleep(delay)
            try:
                await self.stop(name)  # one that was not ready in time still runs
                await self.start_again(failure.program)
                progress(f"{name} runs again")
                failure = await self.first_failure()
            except ProgramFailedError as another:
                failure = another
        return failure

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
