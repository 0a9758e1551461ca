"""Which deaths a run consists of: made from its seed alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from govproject.messaging.windows import Window
from govproject_local.chaos.mutants import Mutant

BROKER = "broker"
POSTGRESQL = "postgresql"

SUSPENDED = "suspended"
AT_ONCE = "at once"

# What happens how often: a service dies in a window or at a random moment, or stands still for
# long; a server dies.
_WINDOW = "in a window"
_MANNERS = {_WINDOW: 64, AT_ONCE: 18, SUSPENDED: 7}
_SERVERS = {BROKER: 6, POSTGRESQL: 5}
# Services by how much they have to do, in all and as producers and consumers of events.
_BUSY = {"intake": 30, "review": 18, "acceptance": 14, "archive": 14, "cloud-alloc": 14}
_PRODUCING = {"intake": 60, "review": 20, "acceptance": 8, "archive": 6, "cloud-alloc": 6}
_CONSUMING = {"intake": 12, "review": 22, "acceptance": 22, "archive": 22, "cloud-alloc": 22}
_OF_CONSUMERS = frozenset({Window.DELIVERED, Window.APPLIED, Window.RECORDED, Window.ACKNOWLEDGED})
_FURTHEST_PASSING = 3


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
            Kill((number + 1) / (kills + 1), mutant.target, mutant.window, mutant.nth)
            for number in range(kills)
        ]
    weights = _MANNERS | {name: _SERVERS[name] for name in (BROKER, *_if(postgresql))}
    windows = _in_turn(random)
    found = []
    for number in range(kills):
        at = (number + random.uniform(0.5, 1.5)) / (kills + 1)
        chosen = _choose(random, weights)
        if chosen == _WINDOW:
            window = next(windows)
            busy = _CONSUMING if window in _OF_CONSUMERS else _PRODUCING
            nth = random.randint(1, _FURTHEST_PASSING)
            found.append(Kill(at, _choose(random, busy), window, nth))
        elif chosen in _MANNERS:
            found.append(Kill(at, _choose(random, _BUSY), chosen))
        else:
            found.append(Kill(at, chosen, AT_ONCE))
    return sorted(found, key=lambda kill: kill.at)


def _choose(random: Random, weights: Mapping[str, int]) -> str:
    [found] = random.choices([*weights], [*weights.values()])
    return found


def _in_turn(random: Random) -> Iterator[Window]:
    """All windows in a random order, again and again: none is left out."""
    while True:
        yield from random.sample(list(Window), len(Window))


def _if(postgresql: bool) -> tuple[str, ...]:
    return (POSTGRESQL,) if postgresql else ()
