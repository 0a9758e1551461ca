"""Named failures that a messaging system must survive, each played on real programs.

    place, seed ─▶ run_all ─▶ scenario ─▶ Ground: broker, databases, two workers
                                             └─▶ books, read from outside by SQL ─▶ Result

To add one, write a module with `run` and list it in SCENARIOS.
"""

from collections.abc import Sequence
from pathlib import Path

from govproject.errors import PrerequisiteError
from govproject_local.chaos.scenarios import (
    broker_killed,
    consumer_paused,
    database_killed,
    deliveries_shuffled,
    leader_away,
    network,
    poison,
    postgresql_full,
    relay_paused,
    sqlite_full,
    wrong_clock,
)
from govproject_local.chaos.scenarios.ground import Ground
from govproject_local.chaos.scenarios.result import Result
from govproject_local.chaos.scenarios.scenario import Scenario

__all__ = ["SCENARIOS", "Result", "run_all"]

SCENARIOS: tuple[Scenario, ...] = (
    broker_killed.run,
    leader_away.killed,
    leader_away.cut_off,
    database_killed.run,
    sqlite_full.run,
    postgresql_full.run,
    deliveries_shuffled.run,
    poison.run,
    wrong_clock.run,
    relay_paused.run,
    consumer_paused.run,
    network.run,
)


async def run_all(place: Path, seed: int, only: Sequence[str] = ()) -> list[Result]:
    """Run the scenarios one after the other; those that can share a broker do.

    Args:
        place: a directory; each scenario gets one of its own in it.
        seed: decides on what is chosen at random.
        only: names of scenarios; empty: all.

    Raises:
        PrerequisiteError: there is no broker, or no scenario of such a name.
    """
    known = {each.name: each for each in SCENARIOS}
    if unknown := sorted(set(only) - known.keys()):
        raise PrerequisiteError(f"no scenario {', '.join(unknown)}: there are {', '.join(known)}")
    chosen = [each for each in SCENARIOS if not only or each.name in only]
    async with Ground(place / "shared", seed) as shared:
        if not all(each.own_broker for each in chosen):
            await shared.own_broker()
            broker = shared.broker
        else:
            broker = None
        return [await each(place / each.name, seed, broker) for each in chosen]
