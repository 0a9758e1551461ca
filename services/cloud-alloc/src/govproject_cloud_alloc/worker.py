"""The one background task of the service: do the cloud's work as it comes."""

import asyncio

import structlog
from anyio import to_thread

from govproject.persistence.database import is_contended, is_unavailable
from govproject.service import Surroundings
from govproject_cloud_alloc.handlers import cloud

_POLL_SECONDS = 0.5
_UNAVAILABLE_SECONDS = 5.0

log = structlog.get_logger(__name__)


async def run(given: Surroundings) -> None:
    """Do due work until cancelled; a database that is away is waited for."""
    provider = given.plugins.adapters.cloud_provider()
    while True:
        try:
            busy = await to_thread.run_sync(cloud.do_next, given.db, provider, given.clock())
            pause = 0.0 if busy else _POLL_SECONDS
        except Exception as error:
            if not (is_unavailable(error) or is_contended(error)):
                raise
            log.warning("cloud work waits for the database", error=str(error))
            pause = _UNAVAILABLE_SECONDS
        await asyncio.sleep(pause)
