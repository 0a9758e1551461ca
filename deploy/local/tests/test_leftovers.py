import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Timer

import pytest

from govproject_local.hosted import Lease
from govproject_local.leftovers import PREFIX, new_lease

ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
TESTS = """
import os, time

def test_is_interrupted(broker):
    print(os.getpid(), flush=True)
    time.sleep(600)
"""


def folders(parent: Path) -> set[str]:
    return {folder.name for folder in parent.glob(f"{PREFIX}*")}


def working_below(parent: Path) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink().is_relative_to(parent):
                found.append(process.name)
        except OSError:
            continue
    return found


def interrupted_later(place: Path) -> "subprocess.Popen[str]":
    """A test session that has a broker, in the middle of a test."""
    parent = place / "temporary"
    parent.mkdir(exist_ok=True)
    (place / "test_toy.py").write_text(TESTS)
    (place / "pytest.ini").write_text("[pytest]\n")
    # What this process ignores, as one in the background does SIGINT, its child would ignore.
    ours = {each: signal.signal(each, signal.SIG_DFL) for each in ENDING}
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-s", "-p", "govproject_local.pytest_plugin"],
        cwd=place,
        env=os.environ | {"TMPDIR": str(parent), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    for each, handler in ours.items():
        signal.signal(each, handler)
    assert process.stdout is not None
    for line in process.stdout:
        if str(process.pid) in line:
            return process
    raise AssertionError("the test was not reached")


@pytest.mark.usefixtures("broker")  # what can be hosted once can be hosted twice
@pytest.mark.parametrize("number", ENDING)
def test_a_session_told_to_end_leaves_nothing_behind(tmp_path, number):
    with interrupted_later(tmp_path) as process:
        assert folders(tmp_path / "temporary")
        process.send_signal(number)
        assert process.wait(180) == pytest.ExitCode.INTERRUPTED
    assert not folders(tmp_path / "temporary")
    # A broker's own children end by themselves, a moment after it.
    deadline = time.monotonic() + 30
    while working_below(tmp_path / "temporary") and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not working_below(tmp_path / "temporary")


@pytest.mark.usefixtures("broker")
def test_what_was_killed_with_its_host_is_swept_by_the_next(tmp_path):
    parent = tmp_path / "temporary"
    with interrupted_later(tmp_path) as process:
        [left] = folders(parent)
        hosts = [
            int(each.name)
            for each in Path("/proc").glob("[0-9]*")
            if f"govproject_local.hosted\0broker\0{parent / left}" in command(each)
        ]
        assert hosts
        for pid in (*hosts, process.pid):
            os.kill(pid, signal.SIGKILL)
    # A lock ends with its process, which a signal only asks for.
    deadline = time.monotonic() + 30
    while left in folders(parent) and time.monotonic() < deadline:
        lease = new_lease(parent)
        assert lease.directory.exists()
        lease.release()
    assert left not in folders(parent)
    assert not working_below(parent / left)


def test_a_folder_is_not_removed_before_what_works_in_it_has_ended(tmp_path, monkeypatch):
    kill, signals = os.kill, []

    def arrives_late(pid: int, number: int) -> None:
        if not signals:
            Timer(0.3, kill, (pid, number)).start()
        signals.append(pid)

    lease = new_lease(tmp_path)
    lease.release()
    inside = lease.directory / "broker"
    inside.mkdir()
    with subprocess.Popen(["sleep", "60"], cwd=inside) as process:
        monkeypatch.setattr(os, "kill", arrives_late)
        new_lease(tmp_path).release()
        assert not working_below(lease.directory)
        assert set(signals) == {process.pid}
    assert not lease.directory.exists()


def test_what_is_in_use_or_not_leased_yet_is_left_alone(tmp_path):
    held = new_lease(tmp_path)
    bare = tmp_path / f"{PREFIX}bare"
    bare.mkdir()
    worker = Lease(held.directory)
    held.release()  # the main process was killed, a worker lives
    other = new_lease(tmp_path)
    assert folders(tmp_path) == {held.directory.name, bare.name, other.directory.name}
    worker.release()
    last = new_lease(tmp_path)
    assert folders(tmp_path) == {bare.name, other.directory.name, last.directory.name}
    for lease in (other, last):
        lease.release()


def command(process: Path) -> str:
    try:
        return (process / "cmdline").read_text()
    except OSError:
        return ""
