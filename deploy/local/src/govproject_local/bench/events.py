"""`./govproject bench events`: all parts, one after the other, and what comes of them."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Any

from govproject_local import running
from govproject_local.bench import consume, growth, latency, machine, memory, publish
from govproject_local.bench.plan import Plan
from govproject_local.bench.ratios import Ratio, pairwise
from govproject_local.bench.stage import Stage
from govproject_local.bench.watch import Measured, StandstillError
from govproject_local.supervisor import ProgramFailedError

Contenders = Mapping[str, Callable[[Stage, int], Awaitable[Measured]]]

# What must be importable for a contender that is not part of the product.
PEERS = ("faststream", "celery", "dramatiq")
RATIOS = (
    "consume_vs_limit",
    "consume_vs_faststream",
    "consume_vs_plain",
    "consume_vs_celery",
    "consume_vs_dramatiq",
    "publish_vs_raw",
    "publish_vs_one_by_one",
    "publish_vs_faststream",
    "cost_1e6_vs_1e3",
    "latency_p99_vs_raw",
)


class Bench:
    """One run of the benchmark on a stage."""

    def __init__(self, stage: Stage, plan: Plan) -> None:
        self._stage = stage
        self._plan = plan
        self._ratios: dict[str, Ratio] = {}
        self._skipped: dict[str, str] = {}
        self._samples: dict[str, Any] = {}

    async def run(self) -> dict[str, Any]:
        """Measure everything.

        Returns:
            What `--json` prints.
        """
        began = datetime.now(UTC)
        facts = await machine.facts(self._stage)
        await self._rates("consume", consume.CONTENDERS, self._plan.consume)
        await self._rates("publish", publish.CONTENDERS, self._plan.publish)
        await self._latency()
        await self._growth()
        await self._memory()
        return {
            "ratios": {
                name: round(self._ratios[name].median, 3) if name in self._ratios else None
                for name in RATIOS
            },
            "spread": {
                name: {"min": round(ratio.least, 3), "max": round(ratio.most, 3)}
                for name, ratio in self._ratios.items()
            },
            "samples": self._samples,
            "machine": facts
            | {
                "measured_at": began.isoformat(timespec="seconds"),
                "minutes": round((datetime.now(UTC) - began).total_seconds() / 60, 1),
            },
            "skipped": self._skipped,
        }

    async def _rates(self, part: str, contenders: Contenders, counts: Mapping[str, int]) -> None:
        """Alternate contenders that empty a queue or an outbox."""
        missing = {
            name: f"{name} is not installed (./govproject bench installs it)"
            for name in contenders
            if name in PEERS and find_spec(name) is None
        }
        rates: dict[str, list[float]] = {name: [] for name in contenders if name not in missing}
        samples = self._samples.setdefault(part, [])
        for number in range(1, self._plan.rounds + 1):
            for name in list(rates):
                try:
                    measured = await contenders[name](self._stage, counts[name])
                except (ProgramFailedError, StandstillError) as error:
                    if name == "ours":
                        raise
                    missing[name] = reason(error)
                    del rates[name]
                    running.say(f"{part} {name}: {missing[name]}")
                    continue
                rates[name].append(measured.rate)
                samples.append(
                    {
                        "contender": name,
                        "round": number,
                        "messages": measured.messages,
                        "seconds": round(measured.seconds, 4),
                        "rate": round(measured.rate, 1),
                    }
                )
                running.say(f"{part} {number}/{self._plan.rounds} {name}: {measured.rate:,.0f}/s")
        for name in contenders:
            if name in missing:
                self._skipped[f"{part}_vs_{name}"] = missing[name]
            elif name != "ours":
                self._ratios[f"{part}_vs_{name}"] = pairwise(rates["ours"], rates[name])

    async def _latency(self) -> None:
        samples = self._samples.setdefault("latency", [])
        worst: dict[str, list[float]] = {name: [] for name in latency.CONTENDERS}
        for number in range(1, self._plan.latency_rounds + 1):
            for name, timed in latency.CONTENDERS.items():
                pace = latency.Pace(self._plan.latency_events, self._plan.latency_rate, number)
                run = latency.Milliseconds.of(await timed(self._stage, pace))
                worst[name].append(run.p99)
                samples.append(
                    {"contender": name, "round": number, "events": pace.events} | run._asdict()
                )
                running.say(
                    f"latency {number}/{self._plan.latency_rounds} {name}:"
                    f" p50 {run.p50:.1f} ms, p99 {run.p99:.1f} ms"
                )
        self._ratios["latency_p99_vs_raw"] = pairwise(worst["ours"], worst["raw"])

    async def _growth(self) -> None:
        sizes = self._plan.growth_sizes
        samples = self._samples.setdefault("growth", [])
        costs: dict[int, list[float]] = {size: [] for size in sizes}
        running.say(f"growth: writing pasts of up to {sizes[-1]:,} events …")
        async with growth.grown(self._stage, sizes) as grown:
            for number in range(1, self._plan.growth_rounds + 1):
                for size in sizes:
                    cost = await grown.cost(size, self._plan.growth_events)
                    costs[size].append(cost.event)
                    samples.append(
                        {
                            "history": size,
                            "round": number,
                            "events": self._plan.growth_events,
                            "publish_us": round(1e6 * cost.publish, 2),
                            "consume_us": round(1e6 * cost.consume, 2),
                        }
                    )
                    running.say(
                        f"growth {number}/{self._plan.growth_rounds} after {size:,}:"
                        f" {1e6 * cost.event:.0f} µs an event"
                    )
        if {1_000, 1_000_000} <= set(sizes):
            self._ratios["cost_1e6_vs_1e3"] = pairwise(costs[1_000_000], costs[1_000])
        else:
            self._skipped["cost_1e6_vs_1e3"] = (
                f"only pasts of up to {sizes[-1]:,} events were measured (--quick)"
            )

    async def _memory(self) -> None:
        running.say(f"memory: {self._plan.memory_events:,} events through one consumer …")
        run = await memory.resident(self._stage, self._plan.memory_events)
        running.say(f"memory: at most {run.most:.0f} MiB")
        self._samples["memory"] = {
            "events": self._plan.memory_events,
            "most_mib": round(run.most, 1),
            "growth_mib_per_million": round(run.growth, 2),
            "resident": [{"events": one.events, "mib": round(one.mib, 1)} for one in run.samples],
        }


def reason(error: Exception) -> str:
    """Why a contender could not be measured, in a line."""
    last = error.tail[-1:] if isinstance(error, ProgramFailedError) else ()
    return ": ".join((str(error) or type(error).__name__, *last))
