"""docs/performance.md and its plots, made of docs/performance.json and of nothing else."""

import json
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from govproject.errors import PrerequisiteError
from govproject_local.bench import prose
from govproject_local.paths import ROOT

DOCS = ROOT / "docs"

Result = dict[str, Any]


def store(result: Result, docs: Path = DOCS) -> None:
    """Keep a result, and write what is made of it."""
    (docs / "performance.json").write_text(
        json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    write(docs)


def write(docs: Path = DOCS) -> list[Path]:
    """Write the page and the plots of the stored result; returns the files.

    Raises:
        PrerequisiteError: nothing is stored, or there is nothing to draw with.
    """
    stored = docs / "performance.json"
    if not stored.exists():
        raise PrerequisiteError(f"no {stored}: run ./govproject bench events --report first")
    require_plots()
    from govproject_local.bench import plots  # noqa: PLC0415 - not of the product

    result = json.loads(stored.read_text(encoding="utf-8"))
    page = docs / "performance.md"
    page.write_text("\n".join(_page(result)) + "\n", encoding="utf-8")
    return [page, *plots.draw(result["samples"], docs / "images")]


def require_plots() -> None:
    """Raise unless plots can be drawn.

    Raises:
        PrerequisiteError: matplotlib is not installed.
    """
    if find_spec("matplotlib") is None:
        raise PrerequisiteError("matplotlib is not installed: ./govproject bench installs it")


def _page(result: Result) -> Iterator[str]:
    samples = result["samples"]
    yield from (*prose.INTRODUCTION.splitlines(), "")
    yield from _ratios(result)
    yield from ("", "## Machine", "")
    yield from _machine(result["machine"])
    yield from ("", "## Consume", "", *prose.CONSUME.splitlines(), "")
    yield from _rates(samples["consume"], prose.CONSUMERS)
    yield from ("", "![Rates by contender](images/performance-rates.svg)")
    yield from ("", "## Publish", "", *prose.PUBLISH.splitlines(), "")
    yield from _rates(samples["publish"], prose.PUBLISHERS)
    yield from ("", "## Latency", "", *prose.LATENCY.splitlines(), "")
    yield from _latency(samples["latency"])
    yield from ("", "![Latency](images/performance-latency.svg)")
    yield from ("", "## Growth", "", *prose.GROWTH.splitlines(), "")
    yield from _growth(samples["growth"])
    yield from ("", "![Cost against history](images/performance-growth.svg)")
    yield from ("", "## Memory", "", *_memory(samples["memory"]))
    yield from ("", "![Memory](images/performance-memory.svg)", "", *prose.REMARKS.splitlines())


def _ratios(result: Result) -> Iterator[str]:
    rows = []
    for name, value in result["ratios"].items():
        if value is None:
            rows.append((f"`{name}`", "—", "—", result["skipped"][name]))
        else:
            spread = result["spread"][name]
            rows.append(
                (
                    f"`{name}`",
                    f"**{value:.2f}**",
                    f"{spread['min']:.2f} … {spread['max']:.2f}",
                    prose.MEANINGS[name],
                )
            )
    yield from _table(("ratio", "median", "least … most", "what it says"), rows)


def _machine(machine: dict[str, Any]) -> Iterator[str]:
    libraries = ", ".join(f"{name} {version}" for name, version in machine["libraries"].items())
    rows = [
        ("processor", f"{machine['cpu']}, {machine['cores']} cores"),
        ("memory", f"{machine['memory_gib']} GiB"),
        ("system", machine["system"]),
        ("Python", machine["python"]),
        ("RabbitMQ, Erlang", f"{machine['rabbitmq']}, {machine['erlang']}"),
        ("database", f"{machine['database']}, every commit durable"),
        ("libraries", libraries),
        ("commit", f"`{machine['commit']}`"),
        ("measured", f"{machine['measured_at']}, in {machine['minutes']} minutes"),
    ]
    yield from _table(("what", "which"), rows)


def _rates(runs: list[dict[str, Any]], contenders: dict[str, str]) -> Iterator[str]:
    rows = []
    for name, configured in contenders.items():
        rates = [run["rate"] for run in runs if run["contender"] == name]
        if rates:
            spread = f"{min(rates):,.0f} … {max(rates):,.0f}"
            rows.append((name, f"{median(rates):,.0f}", spread, str(len(rates)), configured))
        else:
            rows.append((name, "—", "—", "0", configured))
    yield from _table(("contender", "messages/s", "least … most", "runs", "configured"), rows)


def _latency(runs: list[dict[str, Any]]) -> Iterator[str]:
    rows = [
        (
            run["contender"],
            str(run["round"]),
            str(run["events"]),
            *(f"{run[name]:.1f}" for name in ("p50", "p90", "p99")),
        )
        for run in sorted(runs, key=lambda run: run["contender"], reverse=True)
    ]
    yield from _table(("contender", "run", "events", "p50 ms", "p90 ms", "p99 ms"), rows)


def _growth(runs: list[dict[str, Any]]) -> Iterator[str]:
    rows = []
    for size in sorted({run["history"] for run in runs}):
        here = [run for run in runs if run["history"] == size]
        publish, consume = ([run[f"{part}_us"] for run in here] for part in ("publish", "consume"))
        rows.append(
            (
                f"{size:,}",
                f"{median(publish):.0f}",
                f"{median(consume):.0f}",
                f"{median(map(sum, zip(publish, consume, strict=True))):.0f}",
                str(len(here)),
            )
        )
    yield from _table(("past", "publish µs", "consume µs", "together µs", "runs"), rows)


def _memory(memory: dict[str, Any]) -> Iterator[str]:
    yield f"While {memory['events']:,} events passed through it, a consumer (ours, in a process of"
    yield f"its own) took at most {memory['most_mib']:.0f} MiB. Over the second half of them it"
    yield f"changed by {memory['growth_mib_per_million']:+.1f} MiB a million events, by least"
    yield "squares."


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    head = list(head)
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '∣') for cell in row)} |"
