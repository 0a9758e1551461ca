"""A real peer that several test processes share: started by the first, stopped after the last.

A peer runs under a host process of its own (`python -m govproject_local.hosted KIND DIRECTORY`).
Every test process holds a shared lock on the lease file; the host ends once it gets that lock for
itself. The kernel drops the locks of a process that is killed, so nothing can keep a peer alive.
"""

import asyncio
import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from govproject.errors import PrerequisiteError
from govproject_local import broker, ports, postgres
from govproject_local.supervisor import ProgramFailedError, Supervisor

# Set by `./govproject test --all`: fetch what is missing, and let nothing be left out.
ALL = "GOVPROJECT_TEST_ALL"

STOP_WITHIN = 120

Facts = dict[str, Any]


class Lease:
    """A test process's share in the peers of one test session."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        directory.mkdir(exist_ok=True)
        self._lock = (directory / "lease").open("w")
        fcntl.flock(self._lock, fcntl.LOCK_SH)

    def peer(self, kind: str) -> Facts:
        """Return what a client of the peer has to know, starting it if nobody did.

        Raises:
            PrerequisiteError: it cannot be had on this machine.
        """
        answer = self.directory / f"{kind}.json"
        with (self.directory / f"{kind}.starting").open("w") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            if not answer.exists():
                self._host(kind, answer)
        facts: Facts = json.loads(answer.read_text())
        if error := facts.get("error"):
            raise PrerequisiteError(error)
        return facts

    def release(self) -> None:
        """Give up this process's share."""
        self._lock.close()

    def wait_until_stopped(self) -> None:
        """Wait until every host has ended; the last process of a session cleans up with it."""
        deadline = time.monotonic() + STOP_WITHIN
        for alive in self.directory.glob("*.alive"):
            with alive.open() as handle:
                while not try_lock(handle.fileno()):
                    if time.monotonic() > deadline:
                        raise TimeoutError(f"{alive.stem} did not stop within {STOP_WITHIN} s")
                    time.sleep(0.05)
        # A session that begins just now may be sweeping it: the share in it is given up.
        shutil.rmtree(self.directory, ignore_errors=True)

    def _host(self, kind: str, answer: Path) -> None:
        log = self.directory / f"{kind}.log"
        with log.open("wb") as output:
            subprocess.run(
                [sys.executable, "-m", "govproject_local.hosted", kind, str(self.directory)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=True,
            )
        with (self.directory / f"{kind}.alive").open() as alive:
            while not answer.exists():
                if try_lock(alive.fileno()) and not answer.exists():
                    raise RuntimeError(f"the host of {kind} ended:\n{log.read_text()}")
                time.sleep(0.05)


async def host_broker(directory: Path, supervisor: Supervisor) -> Facts:
    """Run a private broker in the directory."""
    binaries = broker.find()
    at = broker.BrokerPorts(*ports.pick(3))
    node = broker.Broker(binaries, directory, at)
    await supervisor.start(node.epmd())
    await supervisor.start(node.node())
    return {"ports": asdict(at), "directory": str(directory)}


async def host_postgresql(directory: Path, supervisor: Supervisor) -> Facts:
    """Run a private PostgreSQL in the directory."""
    binaries = postgres.find(may_fetch=ALL in os.environ)
    (port,) = ports.pick(1)
    server = postgres.Postgres(binaries, directory, port)
    await supervisor.start(server.server())
    return {"port": port, "directory": str(directory), "binaries": str(binaries)}


KINDS: dict[str, Callable[[Path, Supervisor], Awaitable[Facts]]] = {
    "broker": host_broker,
    "postgresql": host_postgresql,
}


def main(kind: str, directory: Path) -> None:
    """Become a host, in the background, that runs one peer until nobody holds the lease."""
    # Taken before the fork, so that whoever started us can tell "not ready yet" from "dead".
    with (directory / f"{kind}.alive").open("w") as alive:
        fcntl.flock(alive, fcntl.LOCK_EX)
        if os.fork():
            return
        # Ctrl-C is for the tests; a host follows the lease.
        os.setsid()
        asyncio.run(_host(kind, directory))


async def _host(kind: str, directory: Path) -> None:
    data, answer = directory / kind, directory / f"{kind}.json"
    try:
        async with Supervisor(lambda name, line: print(f"{name}: {line}", flush=True)) as run:
            _publish(answer, await KINDS[kind](data, run))
            failure = asyncio.create_task(run.first_failure())
            free = asyncio.create_task(_nobody_left(directory / "lease"))
            await asyncio.wait({failure, free}, return_when=asyncio.FIRST_COMPLETED)
            failure.cancel()
            free.cancel()
    except PrerequisiteError as error:
        _publish(answer, {"error": str(error)})
    except ProgramFailedError as error:
        _publish(answer, {"error": "\n".join((str(error), *error.tail))})
    finally:
        shutil.rmtree(data, ignore_errors=True)


async def _nobody_left(lease: Path) -> None:
    with lease.open() as handle:
        while not try_lock(handle.fileno()):  # noqa: ASYNC110 - other processes
            await asyncio.sleep(0.1)


def try_lock(handle: int) -> bool:
    """Take a file's lock for this process alone; False if somebody holds it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _publish(answer: Path, facts: Facts) -> None:
    draft = answer.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(facts))
    draft.rename(answer)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
