"""`docs/reliability.md`: what is promised and how it was tested, from the runs that were kept.

The runs are in `docs/reliability.json`, as `./govproject chaos --json` printed them.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from govproject.messaging.windows import Window
from govproject_local.chaos.mutants import MUTANTS
from govproject_local.paths import ROOT

JSON = dict[str, Any]

RUNS = ROOT / "docs" / "reliability.json"

_SAME = ("seed", "kills", "database", "mutant")
_FINDINGS = (
    *("lost", "duplicated", "reordered"),
    *("parked_unexpected", "inconsistent", "failed_commands"),
)
_COLUMNS = (
    *("database", "seed", "kills", "transactions", "events", "effects"),
    *("lost", "duplicated", "reordered", "parked", "inconsistent", "failed commands"),
    *("minutes", "version", "date"),
)
_WINDOWS = {
    Window.APPENDED: "events are written, not committed",
    Window.COMMITTED: "they are committed, the relay does not know",
    Window.LEASED: "the relay has its slots, nothing is read",
    Window.PUBLISHED: "events are sent, one of them is confirmed",
    Window.CONFIRMED: "the broker has confirmed, nothing is marked",
    Window.MARKED: "they are marked as published",
    Window.DELIVERED: "messages have arrived, nothing is done",
    Window.APPLIED: "effects and marks are written, not committed",
    Window.RECORDED: "they are committed, the broker does not know",
    Window.ACKNOWLEDGED: "the acknowledgement is on its way",
}


def add(run: JSON) -> None:
    """Keep a run, in the place of an earlier one of the same kind."""
    key = [run[name] for name in _SAME]
    kept = [each for each in runs() if [each[name] for name in _SAME] != key]
    text = json.dumps([*kept, run], ensure_ascii=False, indent=1)
    RUNS.write_text(text + "\n", encoding="utf-8")


def runs() -> list[JSON]:
    """The runs that were kept."""
    if not RUNS.exists():
        return []
    found: list[JSON] = json.loads(RUNS.read_text(encoding="utf-8"))
    return found


def sentence(run: JSON) -> str:
    """A run for people."""
    counts = ", ".join(f"{run[name]} {name.replace('_', ' ')}" for name in _FINDINGS)
    lines = [
        (
            f"seed {run['seed']} on {run['database']}: {run['kills']} kills,"
            f" {run['transactions']} transactions, {run['events']} events,"
            f" {run['effects']} effects in {run['seconds']} s"
        ),
        counts,
        *run["findings"],
        *(f"{each['name']}: {each['result']}: {each['detail']}" for each in run["scenarios"]),
        "held" if run["held"] else "did not hold" + (", as it must" if run["mutant"] else ""),
    ]
    return "\n".join(lines)


def page() -> Iterator[str]:
    """The page's lines."""
    found = runs()
    real = [run for run in found if run["mutant"] is None]
    yield from (
        "# Reliability",
        "",
        "## What is promised",
        "",
        "- A command that was answered with 2xx has its events, each once, however often it was",
        "  sent under its `Idempotency-Key`.",
        "- Every event takes effect once in every service that follows its producer.",
        "- The events of a project take effect in the order of their `ce-sequence`.",
        "- Nothing has to be mended by hand: no event is left behind or parked.",
        "",
        "## How it is tested",
        "",
        "`./govproject chaos --kills N --seed S` runs the five services as they are, with a real",
        "RabbitMQ and SQLite or PostgreSQL. Callers give lawful commands over HTTP and repeat each",
        "under its key until it is answered. Meanwhile services, broker and database are killed",
        "with -9, or stand still for longer than a relay's lease, as the seed says. What is killed",
        "is started again at once. A seed decides whom, when and how, not how the threads of five",
        "services meet: two runs of a seed differ in their counts. Each service is one process",
        "with one partition; several relays and replicas meet in the named failures, several",
        "partitions in the tests alone.",
        "",
        "Each row below is one run of",
        "`./govproject chaos --report` with its `--database`, `--seed` and `--kills`; those of",
        "200 kills with `--transactions 10000`. A commit with a `+` had changes that were not",
        "committed. Suspensions count as kills. Named failures and planted mistakes are runs of",
        "their own.",
        "",
        "A witness in each service writes one row for every event, also of a kind that the",
        "service does not act on, in the transaction of its effects and without a unique",
        "constraint. When all has come to rest, the databases are read from outside. *Lost*: an",
        "event of an acknowledged command is missing in the outbox, or an event in the journal of",
        "a follower. *Duplicated*: it is there twice. *Reordered*: a journal holds a project's",
        "events out of order. *Inconsistent*: a cursor or a count disagrees, or an event waits for",
        "ever. *Failed commands*: refused or unanswered for",
        "minutes though they had to succeed.",
        "",
    )
    if real:
        yield from _results(real)
        yield from _windows(real)
        yield from _scenarios(next((run for run in real[::-1] if run["scenarios"]), None))
    yield from _mutants([run for run in found if run["mutant"] is not None])


def _results(real: list[JSON]) -> Iterator[str]:
    yield from (
        "## Results",
        "",
        f"| {' | '.join(_COLUMNS)} |",
        "|---" * len(_COLUMNS) + "|",
    )
    for run in sorted(real, key=lambda run: (run["database"], run["seed"])):
        cells = (
            run["database"],
            *(run[name] for name in ("seed", "kills", "transactions", "events", "effects")),
            *(run[name] for name in _FINDINGS),
            f"{run['seconds'] / 60:.1f}",
            f"{run['version']} ({run['commit'] or '?'})",
            run["date"],
        )
        yield f"| {' | '.join(map(str, cells))} |"
    yield ""


def _windows(real: list[JSON]) -> Iterator[str]:
    targets, manners = Counter[str](), Counter[str]()
    for run in real:
        targets.update(run["kills_by_target"])
        manners.update(run["kills_by_manner"])
    yield from (
        f"In these {len(real)} runs {targets.total()} kills: "
        + ", ".join(f"{name} {count}" for name, count in targets.most_common())
        + ".",
        "",
        "| where a process was killed | kills |",
        "|---|---|",
    )
    for window, words in _WINDOWS.items():
        yield f"| `{window}`: {words} | {manners[window]} |"
    yield f"| at a random moment | {manners['at once']} |"
    yield f"| suspended for longer than a lease, then resumed | {manners['suspended']} |"
    yield ""


def _scenarios(run: JSON | None) -> Iterator[str]:
    yield from ("## Named failures", "")
    if run is None:
        yield from ("Not played in any of these runs.", "")
        return
    yield from (
        (
            f"Played on real programs of their own (seed {run['seed']}, version {run['version']},"
            f" {run['commit'] or '?'}, {run['date']})."
        ),
        "",
        "| failure | result | seconds | what happened |",
        "|---|---|---|---|",
    )
    for each in run["scenarios"]:
        detail = each["skipped"] or each["detail"]
        yield f"| {each['name']} | {each['result']} | {each['seconds']:.0f} | {detail} |"
    yield ""


def _mutants(planted: list[JSON]) -> Iterator[str]:
    yield from (
        "## Would a mistake be found?",
        "",
        "Known mistakes are planted and the kills aimed at them: `--mutant NAME`. A run that finds",
        "nothing would have proved nothing. An event that is missing counts once for each service",
        "that follows its producer.",
        "",
        "| mistake | killed | must count | lost | duplicated | kills | caught |",
        "|---|---|---|---|---|---|---|",
    )
    for name, mutant in MUTANTS.items():
        run = next((run for run in planted if run["mutant"] == name), None)
        aimed = f"{mutant.target}, `{mutant.window}`"
        cells = (
            ("", "", "", "not run")
            if run is None
            else (
                run["lost"],
                run["duplicated"],
                run["kills"],
                "yes" if run[mutant.finding] else "**no**",
            )
        )
        yield f"| `{name}` | {aimed} | {mutant.finding} | {' | '.join(map(str, cells))} |"
