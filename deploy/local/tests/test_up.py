"""`./govproject up` as a user meets it: a process of its own, a private broker, five services."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from govproject_local import ports
from govproject_local.suite import BROKER_OFFSETS, SERVICES

pytestmark = pytest.mark.usefixtures("broker")  # where no broker can be had, none of this runs

SPAN = max(BROKER_OFFSETS)
# What a file of a process that has ended says: at its opening, or at its reading.
ENDED = (FileNotFoundError, ProcessLookupError)


class Up:
    """A launcher, and every process under it."""

    def __init__(self, data: Path) -> None:
        self.base = ports.pick_base(SPAN)
        self.data = data
        self.lines: list[str] = []
        self._pids: set[int] = set()
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "govproject_local", "up"),
                *("--data", str(data), "--port-base", str(self.base)),
            ],
            env={key: value for key, value in os.environ.items() if key != "GOVPROJECT_AMQP_URL"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def until(self, pattern: str) -> str:
        """Read on to a line that matches."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.lines.append(line)
            if re.search(pattern, line):
                return line
        pytest.fail(f"no {pattern!r} in:\n{''.join(self.lines)}")

    def send(self, number: signal.Signals) -> None:
        """Send a signal, noting which processes must end with the launcher."""
        self._pids |= descendants(self._process.pid)
        self._process.send_signal(number)

    def end(self) -> int:
        """Wait for the launcher to end, with all that belongs to it, and return its exit code."""
        output, _ = self._process.communicate(timeout=120)
        self.lines += output.splitlines(keepends=True)
        deadline = time.monotonic() + 60
        while (left := self._left()) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert left == []
        return self._process.returncode

    def _left(self) -> list[str]:
        pids = [f"process {pid}" for pid in self._pids if runs(pid)]
        return pids + [f"port {port}" for port in self.ports if not ports.is_free(port)]

    @property
    def ports(self) -> list[int]:
        return [self.base + offset for offset in (*range(1, 6), *BROKER_OFFSETS)]

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


def descendants(pid: int) -> set[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except ENDED:
        return set()
    return {int(child) for child in children}.union(*(descendants(int(each)) for each in children))


def runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except ENDED:
        return False
    return state != "Z"


@contextmanager
def up(data: Path) -> Iterator[Up]:
    launcher = Up(data)
    try:
        yield launcher
    finally:
        launcher.kill()


def test_two_suites_run_side_by_side_until_ctrl_c_or_a_death(tmp_path):
    with up(tmp_path / "one") as one, up(tmp_path / "two") as two:
        for each in (one, two):
            each.until("^ready$")
            for offset, service in enumerate(SERVICES, start=1):
                url = f"http://127.0.0.1:{each.base + offset}"
                assert any(service in line and url in line for line in each.lines)
                assert httpx2.get(f"{url}/readyz", timeout=60).status_code == 200
        one.send(signal.SIGINT)
        assert one.end() == 130
        assert any(line == "govproject: stopped\n" for line in one.lines)
        # The other one was not touched. Where one of its services dies, it is started again; where
        # its broker does, all of it stops.
        assert httpx2.get(f"http://127.0.0.1:{two.base + 1}/readyz", timeout=60).status_code == 200
        os.kill(listener(two.base + 5), signal.SIGKILL)
        two.until("cloud-alloc was killed by signal 9; starting it again in 1 s")
        two.until("cloud-alloc runs again")
        assert httpx2.get(f"http://127.0.0.1:{two.base + 5}/readyz", timeout=60).status_code == 200
        os.kill(listener(two.base + 11), signal.SIGKILL)
        two.until("broker was killed by signal 9; stopped everything")
        assert two.end() == 1


def test_a_second_ctrl_c_does_not_wait(tmp_path):
    with up(tmp_path) as launcher:
        launcher.until("starting the broker")
        launcher.send(signal.SIGINT)
        launcher.until("once more to kill")
        launcher.send(signal.SIGINT)
        assert launcher.end() == 130


def test_a_killed_launcher_takes_everything_with_it(tmp_path):
    with up(tmp_path) as launcher:
        launcher.until("starting the five services")
        launcher.send(signal.SIGKILL)
        assert launcher.end() == -signal.SIGKILL


def listener(port: int) -> int:
    """Return the process that answers on a port."""
    sockets = {
        fields[9]
        for fields in map(str.split, Path("/proc/net/tcp").read_text().splitlines()[1:])
        if fields[1].endswith(f":{port:04X}") and fields[3] == "0A"
    }
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            target = link.readlink().name
        except OSError:
            continue  # a process that just ended
        if any(target == f"socket:[{inode}]" for inode in sockets):
            return int(link.parts[2])
    raise AssertionError(f"nobody listens on {port}")
