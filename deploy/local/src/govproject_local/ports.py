"""Loopback ports: which are free, and who is behind one."""

import asyncio
import fcntl
import os
import random
import socket
import tempfile
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from itertools import islice
from pathlib import Path

from govproject.errors import PrerequisiteError

LOOPBACK = "127.0.0.1"
BELOW_EPHEMERAL = range(20000, 32000)

_picked: set[int] = set()


def is_free(port: int) -> bool:
    """Tell whether a server could listen on the port now."""
    with closing(socket.socket()) as probe:
        # Without this, a port of a server that stopped a moment ago (TIME_WAIT) looks taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def require_free(ports: Mapping[str, int]) -> None:
    """Raise PrerequisiteError naming the first port that is taken, before anything is started."""
    for name, port in ports.items():
        if not is_free(port):
            raise PrerequisiteError(
                f"port {port} ({name}) is taken on {LOOPBACK}: stop what listens there,"
                " or choose other ports with --port-base"
            )


def pick(count: int) -> list[int]:
    """Return so many free ports, for tests and benchmarks.

    They lie below the range that the kernel hands out to clients, so that no outgoing connection
    takes one before its server starts; and no other call returns one while this process lives.
    """
    return list(islice(filter(_take, random.sample(BELOW_EPHEMERAL, len(BELOW_EPHEMERAL))), count))


def pick_base(span: int) -> int:
    """Return a port after which so many ports are free, for a suite in a test; as `pick` does."""
    for base in random.sample(BELOW_EPHEMERAL, len(BELOW_EPHEMERAL)):
        if _take(base + 1, span):
            return base
    raise PrerequisiteError(f"no {span} free ports in a row above {BELOW_EPHEMERAL.start}")


def _take(first: int, count: int = 1) -> bool:
    # A server that was just started, or is about to be, does not listen yet.
    wanted = range(first, first + count)
    if not _picked.isdisjoint(wanted):
        return False
    try:
        fcntl.lockf(_register(), fcntl.LOCK_EX | fcntl.LOCK_NB, count, first)
    except OSError:
        return False
    _picked.update(wanted)
    return all(map(is_free, wanted))


@cache
def _register() -> int:
    """A file that every process of this user locks the bytes of that are numbered as its ports."""
    path = Path(tempfile.gettempdir()) / f"govproject-ports-{os.getuid()}"
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


async def answers(port: int, greeting: bytes = b"", expected: bytes = b"") -> bool:
    """Tell whether a server on the port answers the greeting with the expected first bytes."""
    try:
        async with asyncio.timeout(2):
            reader, writer = await asyncio.open_connection(LOOPBACK, port)
            try:
                writer.write(greeting)
                return await reader.readexactly(len(expected)) == expected
            finally:
                writer.close()
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        return False
