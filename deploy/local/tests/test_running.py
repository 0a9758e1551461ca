"""Ctrl-C before, while and after the work is stopped, in a process of its own."""

import signal
import subprocess
import sys

import pytest

WORK = """
import asyncio, os, signal, sys
from govproject_local import running

def interrupt():
    os.kill(os.getpid(), signal.SIGINT)

async def work():
    try:
        interrupt()
        await asyncio.sleep(600)
    finally:
        {stopping}

"""
AFTERWARDS = {
    "at once": "code = running.run(work())\ninterrupt()\nsys.exit(code)",
    "when the interpreter ends": """
class Last:
    def __del__(self, interrupt=interrupt):
        interrupt()

last = Last()
sys.exit(running.run(work()))
""",
}


def run(source: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("last", AFTERWARDS.values(), ids=AFTERWARDS)
def test_a_second_ctrl_c_that_comes_too_late_changes_nothing(last):
    ended = run(WORK.format(stopping="pass") + last)
    assert ended.returncode == 128 + signal.SIGINT, ended.stderr
    assert ended.stderr.splitlines() == [
        "govproject: stopping … (once more to kill)",
        "govproject: stopped",
    ]


def test_a_second_ctrl_c_ends_a_stop_that_takes_long():
    source = WORK.format(stopping="interrupt(); await asyncio.sleep(600)")
    ended = run(source + "sys.exit(running.run(work()))")
    assert ended.returncode == 128 + signal.SIGINT, ended.stderr
    assert "govproject: stopped" not in ended.stderr


def test_work_that_nobody_interrupts_leaves_the_signals_alone():
    source = """
import asyncio, signal
from govproject_local import running

async def work():
    await asyncio.sleep(0)

before = signal.getsignal(signal.SIGINT)
assert running.run(work()) == 0
assert signal.getsignal(signal.SIGINT) is before
"""
    ended = run(source)
    assert ended.returncode == 0, ended.stderr
