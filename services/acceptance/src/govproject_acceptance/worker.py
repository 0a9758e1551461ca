"""The background task that opens duties nobody's request opens.

Those of a year that has ended (Art 22), and of contracts and trials that an older build took in or
began (Arts 15, 19).
"""

import asyncio

import structlog
from anyio import to_thread

from govproject.persistence.database import is_contended, is_unavailable
from govproject.service import Surroundings
from govproject_acceptance.handlers import annual_duties, contract_duties, trial_duties

# A new year is noticed within the hour, whatever became of the host in the meantime.
_EVERY_SECONDS = 3600.0
_UNAVAILABLE_SECONDS = 5.0

log = structlog.get_logger(__name__)


async def run(given: Surroundings) -> None:
    """Open what is to be opened at the start and every hour; wait for a database that is away."""
    while True:
        try:
            busy = await to_thread.run_sync(_open_next, given)
            pause = 0.0 if busy else _EVERY_SECONDS
        except Exception as error:
            if not (is_unavailable(error) or is_contended(error)):
                raise
            log.warning("duties to be opened wait for the database", error=str(error))
            pause = _UNAVAILABLE_SECONDS
        await asyncio.sleep(pause)


def _open_next(given: Surroundings) -> bool:
    return (
        annual_duties.open_next(given)
        or contract_duties.keep_next(given)
        or trial_duties.open_next(given)
    )
