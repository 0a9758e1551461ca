"""The background task that puts duties right which an older build left (Art 18).

It opened none for what it asked for, and closes none for what it takes in beside this one.
"""

from typing import TYPE_CHECKING

from govproject.repeating import one_after_another
from govproject.service import Surroundings
from govproject_archive.handlers import material_duties

if TYPE_CHECKING:
    from uuid import UUID

# Until the last replica of the older build is gone, there may be more.
_EVERY_SECONDS = 3600.0


async def run(given: Surroundings) -> None:
    """Look through the projects at the start and every hour."""
    after: UUID | None = None

    def settle_next() -> bool:
        nonlocal after
        after = material_duties.settle_next(given, after)
        return after is not None

    await one_after_another(settle_next, look_seconds=_EVERY_SECONDS, work="duties to be kept")
