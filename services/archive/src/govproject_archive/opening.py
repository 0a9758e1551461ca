"""The background task that puts duties right which an older build left (Art 18).

It opened none for what it asked for, and closes none for what it takes in beside this one.
"""

import asyncio

import structlog
from anyio import to_thread

from govproject.persistence.database import is_contended, is_unavailable
from govproject.service import Surroundings
from govproject_archive.handlers import material_duties

# Until the last replica of the older build is gone, there may be more.
_EVERY_SECONDS = 3600.0
_UNAVAILABLE_SECONDS = 5.0

log = structlog.get_logger(__name__)


async def run(given: Surroundings) -> None:
    """Look through the projects at the start and every hour; wait for a database that is away."""
    after = None
    while True:
        try:
            after = await to_thread.run_sync(material_duties.settle_next, given, after)
            pause = 0.0 if after else _EVERY_SECONDS
        except Exception as error:
            if not (is_unavailable(error) or is_contended(error)):
                raise
            log.warning("duties to be kept wait for the database", error=str(error))
            pause = _UNAVAILABLE_SECONDS
        await asyncio.sleep(pause)
