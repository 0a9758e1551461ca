"""How much is measured: enough to believe it, or just enough to see that it works."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """How many runs of each contender, and how many messages a run."""

    rounds: int
    consume: Mapping[str, int]
    publish: Mapping[str, int]
    latency_rounds: int
    latency_rate: float
    """Events a second."""
    latency_events: int
    growth_rounds: int
    growth_sizes: tuple[int, ...]
    """Events in the past, ascending."""
    growth_events: int
    memory_events: int
    room_gib: int
    """How much disk all that takes at the most."""


FULL = Plan(
    rounds=5,
    # Some seconds each.
    consume={
        "limit": 30_000,
        "ours": 20_000,
        "plain": 6_000,
        "faststream": 5_000,
        "celery": 3_000,
        "dramatiq": 4_000,
    },
    publish={"raw": 20_000, "ours": 20_000, "one_by_one": 3_000, "faststream": 3_000},
    latency_rounds=3,
    latency_rate=100.0,
    latency_events=2_000,
    growth_rounds=3,
    growth_sizes=(1_000, 10_000, 100_000, 1_000_000),
    growth_events=5_000,
    memory_events=1_000_000,
    room_gib=6,
)

QUICK = Plan(
    rounds=2,
    consume={
        "limit": 5_000,
        "ours": 3_000,
        "plain": 1_000,
        "faststream": 1_000,
        "celery": 500,
        "dramatiq": 500,
    },
    publish={"raw": 3_000, "ours": 3_000, "one_by_one": 500, "faststream": 500},
    latency_rounds=1,
    latency_rate=100.0,
    latency_events=500,
    growth_rounds=1,
    growth_sizes=(1_000, 10_000),
    growth_events=1_500,
    memory_events=20_000,
    room_gib=2,
)
