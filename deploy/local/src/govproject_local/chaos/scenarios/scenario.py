"""How a scenario is declared and run."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from govproject.errors import PrerequisiteError
from govproject_local.broker import Broker
from govproject_local.chaos.scenarios.ground import Ground
from govproject_local.chaos.scenarios.hand import WorkerFailedError
from govproject_local.chaos.scenarios.result import Result
from govproject_local.chaos.scenarios.waiting import NeverError
from govproject_local.supervisor import ProgramFailedError

Play = Callable[[Ground], Awaitable[str]]
"""Plays a scenario, its books closed at the end, and says in a sentence what was done.

What is not as promised, beside the books, it raises as a `NeverError`.
"""


@dataclass(frozen=True)
class Scenario:
    """A scenario; calling it runs it."""

    name: str
    play: Play
    own_broker: bool
    """True when it does to its broker what others could not bear."""

    async def __call__(self, place: Path, seed: int, broker: Broker | None = None) -> Result:
        """Run it.

        Args:
            place: an empty directory; what happened can be read there afterwards.
            seed: decides on what is chosen at random.
            broker: a running private node, to save starting one.
        """
        begin = time.monotonic()
        failure = skipped = None
        detail = ""
        async with Ground(place, seed, None if self.own_broker else broker) as ground:
            try:
                detail = await self.play(ground)
            except PrerequisiteError as error:
                skipped = str(error)
            except ProgramFailedError as error:
                failure = "; ".join((str(error), *error.tail))
            except (NeverError, WorkerFailedError) as error:
                failure = str(error)
            books = ground.books
            if books is None and failure is not None:
                books = await ground.last_look()
        seconds = time.monotonic() - begin
        if skipped is not None:
            return Result(self.name, False, skipped, seconds, skipped=skipped)
        if books is None:
            return Result(self.name, False, failure or "the books were never closed", seconds)
        wrong = (books.lost, books.duplicated, books.reordered, len(ground.unexpected))
        return Result(
            self.name, failure is None and not any(wrong), failure or detail, seconds, *wrong
        )


def scenario(name: str, *, own_broker: bool = False) -> Callable[[Play], Scenario]:
    """Make a scenario of the function that plays it."""
    return lambda play: Scenario(name, play, own_broker)
