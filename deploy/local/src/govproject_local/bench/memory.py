"""Whether a consumer keeps its size while a million events pass through it."""

import asyncio
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from govproject_local.bench.filling import declare
from govproject_local.bench.ratios import slope
from govproject_local.bench.stage import Settings, Stage
from govproject_local.bench.watch import EFFECTS, Watch, until

_EVERY_SECONDS = 0.5
_MIB = 2**20


class Sample(NamedTuple):
    """How big the process was after so many events."""

    events: int
    mib: float


class Resident(NamedTuple):
    """The resident memory of a consumer, from its first event on."""

    samples: list[Sample]

    @property
    def most(self) -> float:
        """MiB at the most."""
        return max(sample.mib for sample in self.samples)

    @property
    def growth(self) -> float:
        """MiB a million events, over the second half, when everything that is cached has come."""
        return 1e6 * slope(
            [(one.events, one.mib) for one in self.samples[len(self.samples) // 2 :]]
        )


async def resident(stage: Stage, count: int) -> Resident:
    """Follow a consumer while so many events are fed to it."""
    samples: list[Sample] = []
    async with stage.vhost() as amqp_url:
        await declare(amqp_url)
        with stage.database() as url, closing(Watch(url)) as watch:
            settings = Settings(amqp_url, url, count)
            async with (
                stage.contender("feeding:run", settings),
                stage.contender("consumers.ours:run", settings) as consumer,
            ):
                looking = asyncio.create_task(_look(consumer.process.pid, watch, samples))
                try:
                    await consumer.during(until(watch, EFFECTS, 0, count))
                finally:
                    looking.cancel()
    return Resident(samples)


async def _look(pid: int, watch: Watch, samples: list[Sample]) -> None:
    while True:
        if events := watch.number(EFFECTS.quick):
            samples.append(Sample(events, _resident_mib(pid)))
        await asyncio.sleep(_EVERY_SECONDS)


def _resident_mib(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / _MIB
    raise LookupError(f"process {pid} has ended")
