"""Waiting for what must come, with an end."""

import asyncio
import time
from collections.abc import Awaitable, Callable

WITHIN_SECONDS = 180.0
_POLL_SECONDS = 0.1


class NeverError(Exception):
    """What had to happen did not, within a generous time; or what must not happen did."""


async def until(
    condition: Callable[[], bool | Awaitable[bool]], what: str, within: float = WITHIN_SECONDS
) -> None:
    """Wait for something that must come.

    Raises:
        NeverError: it did not.
    """
    deadline = time.monotonic() + within
    while True:
        answer = condition()
        if answer if isinstance(answer, bool) else await answer:
            return
        if time.monotonic() > deadline:
            raise NeverError(f"not within {within:g} s: {what}")
        await asyncio.sleep(_POLL_SECONDS)
