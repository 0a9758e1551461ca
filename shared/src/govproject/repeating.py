"""What a worker does again and again; it waits for a database that is away."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from anyio import to_thread

from govproject.persistence.database import is_contended, is_unavailable

_UNAVAILABLE_SECONDS = 5.0

log = structlog.get_logger(__name__)


async def repeat(step: Callable[[], Awaitable[float]], work: str) -> None:
    """Take step after step until cancelled; any error but that of a database that is away ends it.

    Args:
        step: does a piece of the work, and returns the seconds to pause after it. A stop waits for
            no more than one.
        work: what it is, for the log.
    """
    while True:
        try:
            pause = await step()
        except Exception as error:  # of many drivers: what may be waited for is told by its code
            if not (is_unavailable(error) or is_contended(error)):
                raise
            log.warning("work waits for the database", work=work, error=str(error))
            pause = _UNAVAILABLE_SECONDS
        await asyncio.sleep(pause)


async def one_after_another(
    next_one: Callable[[], bool], *, look_seconds: float, work: str
) -> None:
    """Do all that is to be done, a transaction each, and look again later; as `repeat` otherwise.

    Args:
        next_one: does one of them in a thread, and says whether there was any.
        look_seconds: how long to wait once there was none.
        work: what it is, for the log.
    """

    async def step() -> float:
        return 0.0 if await to_thread.run_sync(next_one) else look_seconds

    await repeat(step, work)
