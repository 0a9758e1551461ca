"""The plots of docs/performance.md, drawn from its JSON."""

from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

_OURS = "#b5302a"
_OTHER = "#6b7b8c"
_WIDTH_INCHES = 7.5

Samples = dict[str, Any]


def draw(samples: Samples, folder: Path) -> list[Path]:
    """Write one SVG a plot; the same samples give the same bytes.

    Args:
        samples: the `samples` of the JSON.
        folder: where to.

    Returns:
        The files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    # Text stays text, and no identifier or date differs from one drawing to the next.
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "govproject", "font.size": 10}):
        for name, plot in PLOTS.items():
            figure = Figure(figsize=(_WIDTH_INCHES, 3.6), layout="constrained")
            plot(figure, samples)
            path = folder / f"performance-{name}.svg"
            figure.savefig(path, metadata={"Date": None})
            written.append(path)
    return written


def _rates(figure: Any, samples: Samples) -> None:
    for place, part in enumerate(("consume", "publish"), start=1):
        axes = figure.add_subplot(1, 2, place)
        rates: dict[str, list[float]] = {}
        for run in samples[part]:
            rates.setdefault(run["contender"], []).append(run["rate"])
        names = sorted(rates, key=lambda name: median(rates[name]))
        middles = [median(rates[name]) for name in names]
        spread = [
            [middle - min(rates[name]) for name, middle in zip(names, middles, strict=True)],
            [max(rates[name]) - middle for name, middle in zip(names, middles, strict=True)],
        ]
        colours = [_OURS if name == "ours" else _OTHER for name in names]
        axes.barh(names, middles, xerr=spread, color=colours, capsize=3)
        axes.set_title(part)
        axes.set_xlabel("messages a second")


def _growth(figure: Any, samples: Samples) -> None:
    axes = figure.add_subplot()
    sizes = sorted({run["history"] for run in samples["growth"]})
    for part, colour in (("publish", _OTHER), ("consume", _OURS)):
        costs = [
            [run[f"{part}_us"] for run in samples["growth"] if run["history"] == size]
            for size in sizes
        ]
        axes.plot(sizes, [median(cost) for cost in costs], "o-", color=colour, label=part)
        axes.fill_between(
            sizes,
            [min(cost) for cost in costs],
            [max(cost) for cost in costs],
            color=colour,
            alpha=0.2,
        )
    axes.set_xscale("log")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("events in the past")
    axes.set_ylabel("µs an event")
    axes.legend()


def _latency(figure: Any, samples: Samples) -> None:
    axes = figure.add_subplot()
    labelled = set()
    for run in samples["latency"]:
        name = run["contender"]
        axes.plot(
            run["curve"],
            range(1, 100),
            color=_OURS if name == "ours" else _OTHER,
            label=None if name in labelled else name,
        )
        labelled.add(name)
    axes.set_xscale("log")
    axes.set_xlabel("ms on the way")
    axes.set_ylabel("% of events")
    axes.legend()


def _memory(figure: Any, samples: Samples) -> None:
    axes = figure.add_subplot()
    resident = samples["memory"]["resident"]
    axes.plot([one["events"] for one in resident], [one["mib"] for one in resident], color=_OURS)
    axes.set_ylim(0, 1.25 * max(one["mib"] for one in resident))
    axes.set_xlabel("events consumed")
    axes.set_ylabel("resident MiB")


PLOTS: dict[str, Callable[[Any, Samples], None]] = {
    "rates": _rates,
    "growth": _growth,
    "latency": _latency,
    "memory": _memory,
}
