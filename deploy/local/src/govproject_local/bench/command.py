"""The command line's side of the benchmarks: where results go."""

import json
from typing import Any

from rich.console import Console
from rich.table import Table

from govproject_local.bench.events import Bench
from govproject_local.bench.plan import FULL, QUICK
from govproject_local.bench.stage import Kind, staged


async def events(*, as_json: bool, quick: bool, kind: Kind) -> None:
    """Measure the messaging, and print the result.

    Raises:
        PrerequisiteError: there is no RabbitMQ, no PostgreSQL, or no room on the disk.
        ProgramFailedError: the library's own process ended.
        StandstillError: the library did not do its work.
    """
    async with staged(kind=kind) as stage:
        result = await Bench(stage, QUICK if quick else FULL).run()
    if as_json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        _show(result)


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
