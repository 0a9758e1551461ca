"""One child process: a group of its own, output read line by line, stopped within a bound.

A child dies with its parent (`setpriv --pdeathsig`), so that nothing stays behind even when the
launcher itself is killed with -9.
"""

import asyncio
import contextlib
import os
import signal
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

LONGEST_LINE = 1 << 20

# The launcher may have died before the child asked to die with it.
IF_STILL_CHILD_OF = '[ "$PPID" = "$0" ] && exec "$@"'

# Gets the program's name and one line of its output.
OnLine = Callable[[str, str], None]


async def at_once() -> bool:
    """Readiness of a program that nobody has to wait for."""
    return True


@dataclass(frozen=True)
class Program:
    """What to run, how to see that it is ready, and how long it may take to start and stop."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    cwd: Path
    ready: Callable[[], Awaitable[bool]] = at_once
    start_within: float = 60
    stop_within: float = 10
    stop_signal: signal.Signals = signal.SIGTERM
    # Further options of setpriv: another user, other capabilities.
    setpriv: tuple[str, ...] = ()


class Process:
    """A program that was started."""

    def __init__(
        self, program: Program, child: asyncio.subprocess.Process, on_line: OnLine
    ) -> None:
        self.program = program
        self.tail: deque[str] = deque(maxlen=15)
        self.stopping = False
        self._child = child
        self._on_line = on_line
        self._pump = asyncio.create_task(self._read_lines())

    @classmethod
    async def start(cls, program: Program, on_line: OnLine) -> "Process":
        """Start the program; OSError if it cannot be executed."""
        child = await asyncio.create_subprocess_exec(
            "setpriv",
            "--pdeathsig",
            "KILL",
            *program.setpriv,
            *("sh", "-c", IF_STILL_CHILD_OF, str(os.getpid()), *program.argv),
            env=dict(program.env),
            cwd=program.cwd,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
        return cls(program, child, on_line)

    @property
    def pid(self) -> int:
        """The process id, which is also the id of its group."""
        return self._child.pid

    @property
    def returncode(self) -> int | None:
        """None while it runs; negative for a signal."""
        return self._child.returncode

    async def wait(self) -> int:
        """Wait until it has ended, and return its exit code."""
        return await self._child.wait()

    async def stop(self) -> bool:
        """Ask it to stop, kill its group after `stop_within`; False if it had to be killed."""
        self.stopping = True
        in_time = True
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._child.send_signal(self.program.stop_signal)
            try:
                await asyncio.wait_for(self.wait(), self.program.stop_within)
            except TimeoutError:
                in_time = False
        self.kill()
        await self.wait()
        await self._finish_reading()
        return in_time

    def kill(self) -> None:
        """Kill the whole group: after a clean end, that is whatever the program left behind."""
        self.stopping = True
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)

    async def _finish_reading(self) -> None:
        # A grandchild that left the group could hold the pipe open for ever.
        await asyncio.wait({self._pump}, timeout=2)
        self._pump.cancel()

    async def _read_lines(self) -> None:
        stream = self._child.stdout
        assert stream is not None  # noqa: S101 - start() asked for a pipe
        rest = b""
        while chunk := await stream.read(1 << 16):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                self._tell(line)
            if len(rest) > LONGEST_LINE:
                self._tell(rest)
                rest = b""
        if rest:
            self._tell(rest)

    def _tell(self, line: bytes) -> None:
        text = line.decode("utf-8", "replace").rstrip("\r")
        self.tail.append(text)
        self._on_line(self.program.name, text)
