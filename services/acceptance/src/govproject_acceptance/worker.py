"""The background task that opens duties nobody's request opens.

Those of a year that has ended (Art 22), and of contracts and trials that an older build took in or
began (Arts 15, 19).
"""

from functools import partial

from govproject.repeating import one_after_another
from govproject.service import Surroundings
from govproject_acceptance.handlers import annual_duties, contract_duties, trial_duties

# A new year is noticed within the hour, whatever became of the host in the meantime.
_EVERY_SECONDS = 3600.0


async def run(given: Surroundings) -> None:
    """Open what is to be opened at the start and every hour."""
    await one_after_another(
        partial(_open_next, given), look_seconds=_EVERY_SECONDS, work="duties to be opened"
    )


def _open_next(given: Surroundings) -> bool:
    return (
        annual_duties.open_next(given)
        or contract_duties.keep_next(given)
        or trial_duties.open_next(given)
    )
