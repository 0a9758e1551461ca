"""The background task that audits the archive, file after file."""

from anyio import to_thread

from govproject.repeating import repeat
from govproject.service import Surroundings
from govproject.terms import Fixity
from govproject_archive.handlers import audits

_POLL_SECONDS = 10.0
# Between files, so that requests get at the disk and the database.
_BREATH_SECONDS = 0.02
# A store that is away looks like one that has lost everything. Nobody is told so of each file.
_MOST_LOST_SECONDS = 60.0


async def run(given: Surroundings) -> None:
    """Audit what is due until cancelled."""
    capped, lost = False, 0

    async def step() -> float:
        nonlocal capped, lost
        if not capped:
            await to_thread.run_sync(audits.keep_period, given)
            capped = True
        fixity = await audit_next(given)
        lost = lost + 1 if fixity in (Fixity.MISSING, Fixity.UNREADABLE) else 0
        if lost:
            return min(2.0 ** (lost - 1), _MOST_LOST_SECONDS)
        return _BREATH_SECONDS if fixity else _POLL_SECONDS

    await repeat(step, "audits")


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
