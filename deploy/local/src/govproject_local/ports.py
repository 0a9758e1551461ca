"""Loopback ports: which are free, and who is behind one."""

import asyncio
import random
import socket
from collections.abc import Mapping
from contextlib import closing
from itertools import islice

from govproject.errors import PrerequisiteError

LOOPBACK = "127.0.0.1"
BELOW_EPHEMERAL = range(20000, 32000)


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
    takes one before its server starts.
    """
    return list(
        islice(filter(is_free, random.sample(BELOW_EPHEMERAL, len(BELOW_EPHEMERAL))), count)
    )


def pick_base(span: int) -> int:
    """Return a port after which so many ports are free, for a suite in a test."""
    for base in random.sample(BELOW_EPHEMERAL, len(BELOW_EPHEMERAL)):
        if all(is_free(base + offset) for offset in range(1, span + 1)):
            return base
    raise PrerequisiteError(f"no {span} free ports in a row above {BELOW_EPHEMERAL.start}")


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
