"""A real process dies where it was told to, and only once."""

import signal
import subprocess
import sys

import pytest

from govproject.messaging.windows import Window
from govproject_local.chaos import faults

# Passes the windows that it is told, and says each time that it survived.
SOURCE = """
import sys
from pathlib import Path
from govproject.messaging import windows
from govproject_local.chaos.faults import Watcher
watcher = Watcher(Path(sys.argv[1]))
windows.watch(watcher)
for line in sys.stdin:
    if line == "event\\n":
        watcher.applied()
    else:
        windows.passing(windows.Window(line.strip()))
    print("alive", flush=True)
"""


@pytest.fixture
def process(tmp_path):
    order = tmp_path / "order"
    with subprocess.Popen(  # noqa: S603  # our own interpreter and our own code
        [sys.executable, "-c", SOURCE, str(order)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        yield order, lambda window: passes(child, window), child
        child.kill()


def passes(child, window):
    child.stdin.write(f"{window}\n")
    child.stdin.flush()
    return child.stdout.readline() == "alive\n"


def test_a_process_dies_at_the_passing_that_was_ordered_while_it_ran(process):
    order, survives, child = process
    assert survives(Window.MARKED)
    faults.arm(order, Window.MARKED, 2)
    assert survives(Window.MARKED)
    assert survives(Window.APPLIED)
    assert not faults.carried_out(order)
    assert not survives(Window.MARKED)
    assert child.wait() == -signal.SIGKILL
    assert faults.carried_out(order)
    assert not order.exists()


def test_an_order_that_was_taken_back_kills_nobody(process):
    order, survives, _ = process
    faults.arm(order, Window.MARKED, 1)
    faults.disarm(order)
    assert survives(Window.MARKED)
    assert not faults.carried_out(order)


def test_a_new_order_counts_anew(process):
    order, survives, _ = process
    faults.arm(order, Window.MARKED, 2)
    assert survives(Window.MARKED)
    faults.arm(order, Window.MARKED, 2)
    assert survives(Window.MARKED)
    assert not survives(Window.MARKED)


def test_nobody_dies_over_a_batch_of_heartbeats(process):
    order, survives, _ = process
    faults.arm(order, Window.RECORDED, 1)
    assert survives(Window.DELIVERED)
    assert survives(Window.RECORDED)
    assert survives(Window.DELIVERED)
    assert survives("event")
    assert survives(Window.APPLIED)
    assert not survives(Window.RECORDED)
