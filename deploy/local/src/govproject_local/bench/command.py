"""The command line's side of the benchmarks: where results go."""

import json
from typing import Any

from rich.console import Console
from rich.table import Table

from govproject.errors import PrerequisiteError
from govproject_local.bench import report
from govproject_local.bench import search as searching
from govproject_local.bench.events import Bench
from govproject_local.bench.plan import FULL, QUICK
from govproject_local.bench.stage import Kind, staged


async def events(*, as_json: bool, quick: bool, keep: bool, kind: Kind) -> None:
    """Measure the messaging, and print the result.

    Args:
        as_json: as one JSON object, instead of a table.
        quick: just to see that it works.
        keep: in docs/, too.
        kind: of the databases.

    Raises:
        PrerequisiteError: there is no RabbitMQ, no PostgreSQL, no room on the disk, or nothing to
            draw with.
        ProgramFailedError: the library's own process ended.
        StandstillError: the library did not do its work.
    """
    if quick and keep:
        raise PrerequisiteError("--quick measures too little to report: leave one of both out")
    if keep:
        report.require_plots()
    plan = QUICK if quick else FULL
    async with staged(kind=kind, room_gib=plan.room_gib) as stage:
        result = await Bench(stage, plan).run()
    if keep:
        report.store(result)
    if as_json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        _show(result)


async def search(*, as_json: bool, largest: int, kind: Kind) -> None:
    """Measure searches of the archive, and print the ratios.

    Args:
        as_json: as one JSON array, instead of a table.
        largest: how many files the largest archive has at the most.
        kind: of the databases.

    Raises:
        PrerequisiteError: there is no PostgreSQL, or no room on the disk.
    """
    sizes = tuple(size for size in searching.SIZES if size <= largest)
    measured = await searching.run(kind, sizes)
    if as_json:
        print(json.dumps([one.as_json() for one in measured], ensure_ascii=False, indent=1))
        return
    table = Table("time of a query", "hits on its page", f"to that at {sizes[0]:,}", box=None)
    for size in sizes[1:]:
        table.add_column(f"{size:,} (least … most)")
    for one in measured:
        ratios = [one.ratio(size) for size in sizes[1:]]
        shown = [f"{each.median:.2f} ({each.least:.2f} … {each.most:.2f})" for each in ratios]
        hits = f"{min(one.found.values())} … {max(one.found.values())}"
        table.add_row(one.query, hits, "1", *shown)
    Console(soft_wrap=True, highlight=False).print(table)


def _show(result: dict[str, Any]) -> None:
    console = Console(soft_wrap=True, highlight=False)
    table = Table("ratio", "median", "least", "most", box=None)
    for name, value in result["ratios"].items():
        if value is None:
            table.add_row(name, "-", "", result["skipped"][name])
        else:
            spread = result["spread"][name]
            table.add_row(name, f"{value:.2f}", f"{spread['min']:.2f}", f"{spread['max']:.2f}")
    console.print(table)
