"""The background tasks of the service: the cloud's work, and duties that an older build left."""

from functools import partial

from govproject.repeating import one_after_another
from govproject.service import Surroundings
from govproject_cloud_alloc.handlers import cloud, obligations

_POLL_SECONDS = 0.5
# An older replica may go on recording and ending systems until it is replaced.
_KEEP_SECONDS = 3600.0


async def run(given: Surroundings) -> None:
    """Do the cloud's work as it comes."""
    provider = given.plugins.adapters.cloud_provider()
    await one_after_another(
        lambda: cloud.do_next(given.db, provider, given.clock()),
        look_seconds=_POLL_SECONDS,
        work="cloud work",
    )


async def keep_duties(given: Surroundings) -> None:
    """Put the duties of systems right that an older build recorded, moved or ended (Art 2)."""
    await one_after_another(
        partial(obligations.keep_next, given), look_seconds=_KEEP_SECONDS, work="duties to be kept"
    )
