"""The background task that audits the archive, file after file."""

import asyncio

import structlog
from anyio import to_thread

from govproject.persistence.database import is_contended, is_unavailable
from govproject.service import Surroundings
from govproject.terms import Fixity
from govproject_archive.handlers import audits

_POLL_SECONDS = 10.0
_UNAVAILABLE_SECONDS = 5.0
# Between files, so that requests get at the disk and the database.
_BREATH_SECONDS = 0.02
# A store that is away looks like one that has lost everything. Nobody is told so of each file.
_MOST_LOST_SECONDS = 60.0

log = structlog.get_logger(__name__)


async def run(given: Surroundings) -> None:
    """Audit what is due until cancelled; a database that is away is waited for."""
    capped, lost = False, 0
    while True:
        try:
            if not capped:
                await to_thread.run_sync(audits.keep_period, given)
                capped = True
            fixity = await audit_next(given)
            lost = lost + 1 if fixity in (Fixity.MISSING, Fixity.UNREADABLE) else 0
            pause = _BREATH_SECONDS if fixity else _POLL_SECONDS
            if lost:
                pause = min(2.0 ** (lost - 1), _MOST_LOST_SECONDS)
        except Exception as error:
            if not (is_unavailable(error) or is_contended(error)):
                raise
            log.warning("audits wait for the database", error=str(error))
            pause = _UNAVAILABLE_SECONDS
        await asyncio.sleep(pause)


async def audit_next(given: Surroundings) -> Fixity | None:
    """Audit one file; how it was found, or None if none is due."""
    claim = await to_thread.run_sync(audits.claim_next, given)
    if claim is None:
        return None
    reading = claim.reading(given)
    try:
        # A step at a time: a stop waits for no more than that.
        while (found := await to_thread.run_sync(reading.step)) is None:
            pass
    finally:
        reading.close()
    await to_thread.run_sync(audits.record, given, claim, found)
    return found.fixity
