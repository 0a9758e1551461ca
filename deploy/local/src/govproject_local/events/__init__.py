"""`./govproject events …`: see and mend what happens between the services.

The commands work on the databases themselves, whether the services run or not: a running service
notices within a second.
"""

import asyncio
import time
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from govproject.clock import system_clock
from govproject.messaging import operations
from govproject_local import running
from govproject_local.events import acts, examination, printing, queues
from govproject_local.events.databases import opened
from govproject_local.events.options import (
    NO_IDS,
    NO_SERVICES,
    AsJson,
    Asked,
    Class,
    Data,
    DatabaseTemplate,
    DryRun,
    Everything,
    Ids,
    Key,
    Reason,
    Services,
    Since,
    Source,
    Until,
)

app = typer.Typer(
    help="See and mend what happens between the services; docs/runbooks/events.md says when.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_DATA = Path("data")
_POLL_SECONDS = 1.0
_TAIL = 1000


@app.command()
def tail(
    data: Data = _DATA,
    database: DatabaseTemplate = None,
    service: Services = NO_SERVICES,
    key: Key = None,
    type_: Class = None,
    source: Source = None,
    lines: Annotated[int, typer.Option("--lines", "-n", min=1, max=_TAIL)] = 20,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until Ctrl-C.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show the newest events: → written by a service, ← received and what became of them.

    An event that waits and takes effect later comes twice. With --json one object a line.
    """
    wanted = Asked(key, type_, source).filter()
    with opened(data, database, service) as databases:
        positions: dict[str, operations.Position] = {}
        try:
            while True:
                fresh: list[tuple[str, operations.Entry]] = []
                for name, db in databases.items():
                    after = positions.get(name)
                    with db.read() as session:
                        read = operations.tail(session, name, wanted, limit=_TAIL, after=after)
                    if after is not None and not read.complete:
                        running.say(f"{name}: too many at once, only the newest are shown")
                    positions[name] = read.position
                    fresh += [(name, entry) for entry in read.entries]
                fresh.sort(key=lambda each: each[1].at)
                for name, entry in fresh[-lines:] if lines else fresh:
                    printing.entry(name, entry, as_json=as_json)
                if not follow:
                    return
                lines = 0
                time.sleep(_POLL_SECONDS)
        except KeyboardInterrupt:
            return


@app.command()
def parked(
    data: Data = _DATA,
    database: DatabaseTemplate = None,
    service: Services = NO_SERVICES,
    event_id: Ids = NO_IDS,
    key: Key = None,
    type_: Class = None,
    source: Source = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, help="So many of each service at most.")] = 100,
    as_json: AsJson = False,
) -> None:
    """List the events that wait for an operator, those that came first in front.

    With --id everything about them: headers, body, why they were parked, what waits behind them.
    """
    asked = Asked(key, type_, source, since, until)
    wanted = asked.selection(event_id, everything=False) if event_id else asked.filter()
    found = []
    with opened(data, database, service) as databases:
        for name, db in databases.items():
            with db.read() as session:
                events, more = operations.parked(session, name, wanted, limit=limit)
            found += [(name, event) for event in events]
            if more is not None:
                running.say(f"{name} has more parked events than {limit}: see --limit")
    acts.require_known(event_id, {event.event_id for _, event in found}, "parked")
    if as_json:
        printing.as_json([{"service": n, **each.model_dump(mode="json")} for n, each in found])
    elif event_id:
        for name, event in found:
            printing.content(name, event)
    else:
        printing.parked(found)


@app.command()
def replay(
    data: Data = _DATA,
    database: DatabaseTemplate = None,
    service: Services = NO_SERVICES,
    event_id: Ids = NO_IDS,
    key: Key = None,
    type_: Class = None,
    source: Source = None,
    since: Since = None,
    until: Until = None,
    everything: Everything = False,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Let parked events be tried again, under their own ids; those behind them follow in order."""
    chosen = Asked(key, type_, source, since, until).selection(event_id, everything=everything)
    with opened(data, database, service) as databases:
        acts.perform(
            databases, operations.replay, chosen, reason=reason, dry_run=dry_run, as_json=as_json
        )


@app.command()
def skip(
    reason: Annotated[
        str, typer.Option(help="Why they need not take effect there; kept with each event.")
    ],
    data: Data = _DATA,
    database: DatabaseTemplate = None,
    service: Services = NO_SERVICES,
    event_id: Ids = NO_IDS,
    key: Key = None,
    type_: Class = None,
    source: Source = None,
    since: Since = None,
    until: Until = None,
    everything: Everything = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Pass over parked events for good; those behind them follow in order.

    Only the next event of a project can be skipped, or one that has no place in any order.
    """
    chosen = Asked(key, type_, source, since, until).selection(event_id, everything=everything)
    with opened(data, database, service) as databases:
        acts.perform(
            databases, operations.skip, chosen, reason=reason, dry_run=dry_run, as_json=as_json
        )


@app.command()
def republish(
    data: Data = _DATA,
    database: DatabaseTemplate = None,
    service: Services = NO_SERVICES,
    event_id: Ids = NO_IDS,
    key: Key = None,
    type_: Class = None,
    since: Since = None,
    until: Until = None,
    everything: Everything = False,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Send published events again, as far as their producer still has them (seven days).

    Whoever has received them drops the second one. Here --service is the producer.
    """
    chosen = Asked(key, type_, None, since, until).selection(event_id, everything=everything)
    with opened(data, database, service) as databases:
        acts.perform(
            databases, operations.republish, chosen, reason=reason, dry_run=dry_run, as_json=as_json
        )


@app.command()
def lag(
    data: Data = _DATA,
    database: DatabaseTemplate = None,
    service: Services = NO_SERVICES,
    broker: Annotated[
        str | None,
        typer.Option(help="Also show the queues of this broker, amqp://… By default not."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what has not left, what has not taken effect, and how old the knowledge is."""
    found = []
    with opened(data, database, service) as databases:
        for name, db in databases.items():
            now = system_clock()
            with db.read() as session:
                found.append(operations.lag(session, name, now=now))
        depths = asyncio.run(queues.depths(broker, list(databases))) if broker else []
    if as_json:
        printing.as_json(
            {
                "services": [each.model_dump(mode="json") for each in found],
                "queues": [depth._asdict() for depth in depths],
            }
        )
        return
    printing.lag(found, depths)


@app.command()
def verify(
    data: Data = _DATA,
    database: DatabaseTemplate = None,
    service: Services = NO_SERVICES,
    grace: Annotated[
        float, typer.Option(min=0, help="Seconds that an event may be on its way.")
    ] = operations.GRACE.total_seconds(),
    as_json: AsJson = False,
) -> None:
    """Examine the books of each service, and compare each producer with those who follow it.

    Exit code 1 when something is wrong: an event is lost, a consumer knows more than its producer,
    or a service's own books do not agree.
    """
    with opened(data, database, service) as databases:
        found = examination.examine(databases, timedelta(seconds=grace))
    if as_json:
        printing.as_json(found.as_json())
    else:
        printing.examination(found)
    raise typer.Exit(0 if found.is_clean else 1)


@app.command()
def actions(
    data: Data = _DATA,
    database: DatabaseTemplate = None,
    service: Services = NO_SERVICES,
    limit: Annotated[int, typer.Option(min=1, help="So many of each service at most.")] = 100,
    as_json: AsJson = False,
) -> None:
    """List who did what to events, the latest first."""
    with opened(data, database, service) as databases:
        found = acts.recorded(databases, limit)
    if as_json:
        printing.as_json([{"service": n, **row.model_dump(mode="json")} for n, row in found])
    else:
        printing.actions(found)
