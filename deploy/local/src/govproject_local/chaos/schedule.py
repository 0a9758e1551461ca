"""Which deaths a run consists of: made from its seed alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from govproject.messaging.windows import Window
from govproject_local.chaos.mutants import Mutant
from govproject_local.suite import SERVICES

BROKER = "broker"
POSTGRESQL = "postgresql"

SUSPENDED = "suspended"
AT_ONCE = "at once"

# How often each is chosen, by how much it has to do.
_WEIGHTS = {"intake": 30, "review": 18, "acceptance": 14, "archive": 14, "cloud-alloc": 14}
_SERVERS = {BROKER: 6, POSTGRESQL: 6}
# Of a service's deaths: in a window, at a random moment, and not a death but a long pause.
_MANNERS = {"window": 70, AT_ONCE: 22, SUSPENDED: 8}
_FURTHEST_PASSING = 4


@dataclass(frozen=True, slots=True)
class Kill:
    """One death: whose, when and how."""

    at: float
    """The share of the run's transactions after which it is due, between 0 and 1."""
    target: str
    manner: str
    """A window's name, `AT_ONCE` or `SUSPENDED`."""
    nth: int = 1
    """Of a window: the passing at which to die."""

    @property
    def window(self) -> Window | None:
        """The window to die in, if one was chosen."""
        return None if self.manner in (AT_ONCE, SUSPENDED) else Window(self.manner)


def plan(seed: int, kills: int, *, postgresql: bool, mutant: Mutant | None = None) -> list[Kill]:
    """Return the deaths of a run in their order.

    Args:
        seed: decides on everything.
        kills: how many.
        postgresql: whether there is a server to kill.
        mutant: a mistake; every death is then aimed at where it shows.
    """
    random = Random(seed)  # noqa: S311  # a schedule, no secret
    if mutant is not None:
        return [
            Kill((number + 1) / (kills + 1), mutant.target, mutant.window)
            for number in range(kills)
        ]
    weights = _WEIGHTS | {name: _SERVERS[name] for name in (BROKER, *_if(postgresql))}
    windows = _in_turn(random)
    found = []
    for number in range(kills):
        at = (number + random.uniform(0.5, 1.5)) / (kills + 1)
        [target] = random.choices([*weights], [*weights.values()])
        if target not in SERVICES:
            found.append(Kill(at, target, AT_ONCE))
            continue
        [manner] = random.choices([*_MANNERS], [*_MANNERS.values()])
        if manner == "window":
            found.append(Kill(at, target, next(windows), random.randint(1, _FURTHEST_PASSING)))
        else:
            found.append(Kill(at, target, manner))
    return sorted(found, key=lambda kill: kill.at)


def _in_turn(random: Random) -> Iterator[Window]:
    """All windows in a random order, again and again: none is left out."""
    while True:
        yield from random.sample(list(Window), len(Window))


def _if(postgresql: bool) -> tuple[str, ...]:
    return (POSTGRESQL,) if postgresql else ()
