"""The background tasks of the service: the cloud's work, and duties that an older build left."""

import asyncio
from collections.abc import Callable
from functools import partial

import structlog
from anyio import to_thread

from govproject.persistence.database import is_contended, is_unavailable
from govproject.service import Surroundings
from govproject_cloud_alloc.handlers import cloud, obligations

_POLL_SECONDS = 0.5
# An older replica may go on recording and ending systems until it is replaced.
_KEEP_SECONDS = 3600.0
_UNAVAILABLE_SECONDS = 5.0

log = structlog.get_logger(__name__)


async def run(given: Surroundings) -> None:
    """Do the cloud's work as it comes."""
    provider = given.plugins.adapters.cloud_provider()
    await _repeat(
        lambda: cloud.do_next(given.db, provider, given.clock()), _POLL_SECONDS, "cloud work"
    )


async def keep_duties(given: Surroundings) -> None:
    """Put the duties of systems right that an older build recorded, moved or ended (Art 2)."""
    await _repeat(partial(obligations.keep_next, given), _KEEP_SECONDS, "duties to be kept")


async def _repeat(next_one: Callable[[], bool], pause_seconds: float, work: str) -> None:
    """Do one after another until cancelled; a database that is away is waited for."""
    while True:
        try:
            busy = await to_thread.run_sync(next_one)
            pause = 0.0 if busy else pause_seconds
        except Exception as error:
            if not (is_unavailable(error) or is_contended(error)):
                raise
            log.warning("work waits for the database", work=work, error=str(error))
            pause = _UNAVAILABLE_SECONDS
        await asyncio.sleep(pause)
