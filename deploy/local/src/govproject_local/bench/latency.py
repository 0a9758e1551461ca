"""How long an event is on its way while nothing is queued."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from typing import Any, NamedTuple

from govproject_local.bench.filling import declare
from govproject_local.bench.ratios import percentile
from govproject_local.bench.stage import Settings, Stage
from govproject_local.bench.watch import StandstillError

_WARM_UP_SECONDS = 1.0
_PATIENCE_SECONDS = 60.0


class Pace(NamedTuple):
    """How many events come, how many of them a second, and which random moments they get."""

    events: int
    rate: float
    seed: int


async def raw(stage: Stage, pace: Pace) -> list[float]:
    """The limit: seconds from the call that publishes to the callback that receives."""
    return await _timed(stage, pace, "raw")


async def ours(stage: Stage, pace: Pace) -> list[float]:
    """The library: seconds from the commit of the event to the commit of its effect."""
    return await _timed(stage, pace, "ours")


async def _timed(stage: Stage, pace: Pace, name: str) -> list[float]:
    with ExitStack() as databases:
        there, here = (databases.enter_context(stage.database()) for _ in range(2))
        async with stage.vhost() as amqp_url:
            await declare(amqp_url)
            consuming = Settings(amqp_url, here, *pace)
            producing = Settings(amqp_url, there, *pace)
            async with stage.contender(f"timing.{name}:consume", consuming) as consumer:
                await consumer.during(consumer.spoken())
                async with stage.contender(f"timing.{name}:produce", producing) as producer:
                    patience = pace.events / pace.rate + _PATIENCE_SECONDS
                    try:
                        async with asyncio.timeout(patience):
                            await producer.ended()
                            await consumer.ended()
                    except TimeoutError:
                        raise StandstillError(f"not all arrived within {patience:.0f} s") from None
    left, arrived = (_moments(each.said) for each in (producer, consumer))
    begin = min(left.values()) + _WARM_UP_SECONDS
    return [arrived[event] - at for event, at in left.items() if at >= begin]


def _moments(said: list[dict[str, Any]]) -> dict[str, float]:
    moments: dict[str, float] = said[-1]["moments"]
    return moments


class Milliseconds(NamedTuple):
    """What is kept of a run: three percentiles, and the curve at each percent."""

    p50: float
    p90: float
    p99: float
    curve: list[float]

    @classmethod
    def of(cls, seconds: list[float]) -> "Milliseconds":
        """Sum up a run."""
        curve = [round(1000 * percentile(seconds, percent), 3) for percent in range(1, 100)]
        return cls(curve[49], curve[89], curve[98], curve)


CONTENDERS: dict[str, Callable[[Stage, Pace], Awaitable[list[float]]]] = {
    "raw": raw,
    "ours": ours,
}
