import asyncio
import os
import signal
import subprocess
import sys
import time

import pytest

from govproject_local.supervisor import ProgramFailedError, Supervisor

SERVE = "ready()\nsignal.pause()"
STUBBORN = "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nready()\nwhile True: signal.pause()"


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def ends(pid: int) -> bool:
    """Wait for a process that is not our child: the system reaps it at its own pace."""
    deadline = time.monotonic() + 60
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not alive(pid)


async def test_lines_carry_the_name_of_their_program(program, lines, on_line):
    async with Supervisor(on_line) as supervisor:
        await supervisor.start(program("one", "print('a')\nprint('你好')\n" + SERVE))
    assert lines == [("one", "a"), ("one", "你好")]


async def test_later_stages_stop_first(program, lines, on_line):
    tell = "signal.signal(signal.SIGTERM, lambda *_: (print('stopping'), sys.exit()))\n"
    async with Supervisor(on_line) as supervisor:
        await supervisor.start(program("broker", tell + SERVE))
        await supervisor.start(program("service", tell + SERVE))
    assert lines == [("service", "stopping"), ("broker", "stopping")]


async def test_a_program_that_ends_before_it_is_ready_is_named_with_its_last_lines(
    program, on_line
):
    async with Supervisor(on_line) as supervisor:
        with pytest.raises(ProgramFailedError, match=r"^bad ended with exit code 3$") as failure:
            await supervisor.start(
                program("good", SERVE), program("bad", "print('why')\nsys.exit(3)")
            )
    assert failure.value.tail == ("why",)
    assert failure.value.returncode == 3


async def test_the_end_of_an_earlier_stage_ends_the_wait_for_a_later_one(program, on_line):
    async with Supervisor(on_line) as supervisor:
        until_it_starts = "while not pathlib.Path('started').exists(): time.sleep(0.01)\n"
        await supervisor.start(program("broker", f"ready()\n{until_it_starts}sys.exit(4)"))
        with pytest.raises(ProgramFailedError, match=r"^broker ended with exit code 4$"):
            await supervisor.start(
                program("service", "pathlib.Path('started').touch()\nsignal.pause()")
            )


async def test_a_program_that_does_not_become_ready_in_time_fails(program, on_line):
    async with Supervisor(on_line) as supervisor:
        with pytest.raises(ProgramFailedError, match=r"was not ready within 0\.2 s"):
            await supervisor.start(program("slow", "signal.pause()", start_within=0.2))


async def test_a_death_is_reported_but_a_stop_is_not(program, on_line):
    async with Supervisor(on_line) as supervisor:
        one, two = program("one", SERVE), program("two", SERVE)
        await supervisor.start(one, two)
        failure = asyncio.create_task(supervisor.first_failure())
        await supervisor.stop("one")
        await supervisor.start_again(one)
        await supervisor.kill("one")
        await supervisor.start_again(one)
        assert not failure.done()
        os.kill(supervisor.pid("one"), signal.SIGKILL)
        assert str(await failure) == "one was killed by signal 9"


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr("govproject_local.supervisor.FIRST_DELAY_SECONDS", 0.001)


# Knows how often it was started, and ends as soon as a file says so: not before it is seen ready.
COUNTS = """
file = pathlib.Path("starts")
starts = int(file.read_text()) + 1 if file.exists() else 1
file.write_text(str(starts))
ready()
while not pathlib.Path(f"end-{starts}").exists(): time.sleep(0.01)
"""


@pytest.mark.usefixtures("at_once")
async def test_who_ends_is_started_again_and_the_others_go_on(program, on_line, tmp_path):
    said: list[str] = []
    async with Supervisor(on_line) as supervisor:
        await supervisor.start(program("broker", SERVE))
        ends = "sys.exit(starts + 2)"
        await supervisor.start(program("one", COUNTS + ends), program("two", SERVE))
        others = supervisor.pid("broker"), supervisor.pid("two")
        lasting = asyncio.create_task(supervisor.first_lasting_failure({"one", "two"}, said.append))
        for start in (1, 2):
            (tmp_path / f"end-{start}").touch()
            async with asyncio.timeout(60):
                while said.count("one runs again") < start:  # noqa: ASYNC110 - another process
                    await asyncio.sleep(0.01)
        assert (supervisor.pid("broker"), supervisor.pid("two")) == others
        assert said[0] == "one ended with exit code 3; starting it again in 0.001 s"
        os.kill(supervisor.pid("broker"), signal.SIGKILL)
        assert str(await lasting) == "broker was killed by signal 9"


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(("code", "starts"), [(3, 5), (2, 1)])
async def test_who_ends_again_and_again_or_lacks_something_is_given_up(
    program, on_line, tmp_path, code, starts
):
    for start in range(2, 6):
        (tmp_path / f"end-{start}").touch()
    async with Supervisor(on_line) as supervisor:
        await supervisor.start(program("one", COUNTS + f"sys.exit({code})"))
        (tmp_path / "end-1").touch()
        failure = await supervisor.first_lasting_failure({"one"}, lambda _: None)
    assert str(failure) == f"one ended with exit code {code}"
    assert (tmp_path / "starts").read_text() == str(starts)


async def test_what_will_not_stop_is_killed_with_its_group(program, lines, on_line):
    child = "child = os.fork()\nif not child: time.sleep(600)\nprint(child)\n"
    async with Supervisor(on_line) as supervisor:
        await supervisor.start(program("stubborn", child + STUBBORN, stop_within=0.2))
        pid = supervisor.pid("stubborn")
    assert not alive(pid)
    (_, grandchild), (_, said) = lines
    assert said == "did not stop within 0.2 s: killed"
    assert ends(int(grandchild))


def test_programs_die_with_a_supervisor_that_is_killed(tmp_path):
    source = """
import asyncio, os, pathlib, sys
from govproject_local.process import Program
from govproject_local.supervisor import Supervisor

async def main():
    supervisor = Supervisor(print)
    await supervisor.start(Program("one", ("sleep", "600"), os.environ, pathlib.Path()))
    print(supervisor.pid("one"), flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert alive(pid)
        parent.kill()
    assert ends(pid)
