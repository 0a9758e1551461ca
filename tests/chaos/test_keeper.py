import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from govproject_local.chaos.keeper import Keeper, NotUpError
from govproject_local.process import Program, at_once

# Leaves a child in another process group, as PostgreSQL does, and says who both are.
PARENT = """
import subprocess, sys, time, os
child = subprocess.Popen(
    [sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True
)
print(os.getpid(), child.pid, flush=True)
time.sleep(60)
"""


class Output:
    def __init__(self) -> None:
        self.lines = []

    def __call__(self, name, line) -> None:
        self.lines.append(line)

    async def until(self, count):
        async with asyncio.timeout(60):
            while len(self.pairs()) < count:  # noqa: ASYNC110  # another process
                await asyncio.sleep(0.02)
        return self.pairs()[count - 1]

    def pairs(self):
        return [tuple(map(int, line.split())) for line in self.lines if line[0].isdigit()]


@pytest.fixture
def output():
    return Output()


def program(tmp_path, source, *, ready=at_once, start_within=60):
    return Program(
        name="toy",
        argv=(sys.executable, "-c", source),
        env=os.environ,
        cwd=tmp_path,
        ready=ready,
        start_within=start_within,
    )


def is_gone(pid):
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):  # at its opening, or at its reading
        return True
    return status.rpartition(")")[2].split()[0] == "Z"  # a zombie has ended too


async def has_ended(pid):
    # A signal is on its way once it is sent; nobody here can wait for another's child.
    async with asyncio.timeout(60):
        while not is_gone(pid):  # noqa: ASYNC110  # another process
            await asyncio.sleep(0.02)


async def test_what_is_killed_is_started_again_and_its_children_die_with_it(tmp_path, output):
    async with Keeper(program(tmp_path, PARENT), output) as keeper:
        first, child = await output.until(1)
        await keeper.kill()
        assert is_gone(first)
        await has_ended(child)
        second, last_child = await output.until(2)
        assert second != first
        assert keeper.ends[-signal.SIGKILL] == 1
        await keeper.kill()
        third, last_child = await output.until(3)
        os.kill(last_child, signal.SIGKILL)  # nobody else would
    assert is_gone(third)


async def test_what_ends_by_itself_is_started_again_too(tmp_path, output):
    async with Keeper(program(tmp_path, "import os; print(os.getpid(), 0)"), output) as keeper:
        await output.until(2)
        assert keeper.ends[0] >= 1


async def test_what_does_not_come_up_is_named(tmp_path, output):
    async def never():
        return False

    toy = program(tmp_path, "print('no room')", ready=never, start_within=0.5)
    async with Keeper(toy, output) as keeper:
        with pytest.raises(NotUpError, match=r"toy was not up again within 0\.5 s"):
            await keeper.until_up()


async def test_a_suspended_process_goes_on(tmp_path, output):
    source = "import os, time\nwhile True: print(os.getpid(), 0, flush=True); time.sleep(0.02)"
    async with Keeper(program(tmp_path, source), output) as keeper:
        await output.until(1)
        await keeper.suspend(0.1)
        await output.until(len(output.pairs()) + 5)
        assert len({pid for pid, _ in output.pairs()}) == 1
