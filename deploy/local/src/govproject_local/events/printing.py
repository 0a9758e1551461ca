"""What commands about events print: tables for people, JSON for machines."""

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from govproject.clock import SHANGHAI
from govproject.messaging.operations import Affected, Entry, Lag, ParkedEvent
from govproject.messaging.operations.books import Fault
from govproject.persistence.tables import EventAction
from govproject_local.events.examination import Examination
from govproject_local.events.queues import Depth

_WIDE = 240
_SHOWN = 20
_REASON = 120
_DONE = {"replay": "released for replay", "skip": "skipped", "republish": "sent again"}
_FAULTS = {
    Fault.KEPT_AND_FINAL: "an event waits whose number counts as done",
    Fault.FINAL_BEYOND_CURSOR: "an event is done whose number does not count as done",
    Fault.RECEIVED_COUNT: "the count of received events is wrong",
    Fault.PUBLISHED_COUNT: "the count of published events is wrong",
    Fault.BEYOND_STREAM: "an event has a number beyond the last one given",
    Fault.GAP: "events written lately are not in the outbox",
}


def as_json(value: Any) -> None:
    """One JSON value."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def table(title: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """A table; the columns keep their width whatever the script, and nothing is cut off."""
    made = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold")
    for row in rows:
        # As text: what an event says is no markup.
        made.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    _console().print(made)


def line(text: str) -> None:
    """One line, as wide as it is."""
    print(text, flush=True)


def moment(at: datetime | None) -> str:
    """A moment in Asia/Shanghai."""
    return "" if at is None else f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"


def age(seconds: float | None) -> str:
    """A time span for people."""
    return "" if seconds is None else str(timedelta(seconds=max(0, round(seconds))))


def kind(type_: str) -> str:
    """A type without what every type begins with."""
    return type_.removeprefix("govproject.")


def content(service: str, event: ParkedEvent) -> None:
    """One parked event with all that it brought."""
    details: Mapping[str, object] = {
        "service": service,
        "event": event.event_id,
        "type": event.type,
        "source": event.source,
        "project": event.aggregate_id,
        "number": event.aggregate_seq,
        "received": f"{moment(event.received_at)} ({age(event.age_seconds)} ago)",
        "attempts": event.attempts,
        "waiting": f"{event.waiting} behind it",
        "reason": event.reason,
    }
    for name, value in details.items():
        line(f"{name:>8}  {value}")
    for name, value in event.headers.items():
        line(f"  header  {name}: {value}")
    line(f"    body  {event.body_bytes} bytes")
    line(event.body)


def entry(service: str, each: Entry, *, as_json: bool) -> None:
    """One line of the tail."""
    if as_json:
        line(json.dumps({"service": service, **each.model_dump(mode="json")}, ensure_ascii=False))
        return
    arrow = "→" if each.direction == "written" else "←"
    reason = f"  {' '.join(each.error.split())}" if each.error else ""
    line(
        f"{moment(each.at)}  {service:>11} {arrow} {each.state:<11} {kind(each.type)}"
        f"  {each.aggregate_id or '-'} #{each.aggregate_seq}  {each.event_id}{reason}"
    )


def parked(found: Iterable[tuple[str, ParkedEvent]]) -> None:
    """Parked events, a line each."""
    rows = [
        (
            name,
            moment(each.received_at),
            age(each.age_seconds),
            kind(each.type),
            each.aggregate_id or "-",
            each.aggregate_seq or "-",
            each.waiting,
            each.attempts,
            each.event_id,
            " ".join((each.reason or "").split())[:_REASON],
        )
        for name, each in found
    ]
    columns = [
        "service",
        "received",
        "age",
        "type",
        "project",
        "number",
        "waiting",
        "attempts",
        "id",
        "reason",
    ]
    table(f"{len(rows)} parked events", columns, rows)


def affected(service: str, each: Affected) -> None:
    """What an act befell."""
    would = "would be " if each.dry_run else ""
    rows = [
        (kind(event.type), event.aggregate_id or "-", event.aggregate_seq or "-", event.event_id)
        for event in each.events[:_SHOWN]
    ]
    title = f"{service}: {len(each.events)} events {would}{_DONE[each.action]}"
    table(title, ("type", "project", "number", "id"), rows)
    if len(each.events) > _SHOWN:
        line(f"… and {len(each.events) - _SHOWN} more (all of them with --json)")


def lag(found: Iterable[Lag], depths: Iterable[Depth]) -> None:
    """What waits where, and how old the knowledge is."""
    services = list(found)
    table(
        "events that have not left",
        ("service", "unpublished", "oldest"),
        (
            (each.service, each.unpublished, age(each.oldest_unpublished_seconds))
            for each in services
        ),
    )
    table(
        "events that have come and not taken effect",
        ("service", "from", "state", "events", "oldest since"),
        (
            (
                each.service,
                kept.source or "?",
                kept.state,
                kept.events,
                moment(kept.oldest_received_at),
            )
            for each in services
            for kept in each.kept
        ),
    )
    table(
        "how old the knowledge is",
        ("service", "of", "as of", "age", "missing"),
        (
            (
                each.service,
                one.source,
                moment(one.as_of) or "not known",
                age(one.age_seconds),
                one.missing,
            )
            for each in services
            for one in each.knowledge
        ),
    )
    if rows := list(depths):
        table("in the broker", ("queue", "messages", "consumers"), rows)


def examination(found: Examination) -> None:
    """What is wrong, and what merely waits."""
    table(
        "books of each service",
        ("service", "streams written", "streams received", "discrepancies"),
        ((each.service, each.written, each.received, each.total or "none") for each in found.books),
    )
    table(
        "producers and those who follow them",
        ("producer", "consumer", "streams", "lost", "ahead", "on the way", "kept"),
        (
            (
                each.source,
                each.consumer,
                each.streams,
                len(each.lost) or "none",
                len(each.ahead) or "none",
                each.waiting,
                each.kept,
            )
            for each in found.comparisons
        ),
    )
    for books in found.books:
        for one in books.discrepancies[:_SHOWN]:
            where = {"source": one.source, "project": one.aggregate_id, "slot": one.slot}
            at = ", ".join(f"{name} {value}" for name, value in where.items() if value is not None)
            line(
                f"{books.service}: {_FAULTS[one.fault]} ({at}):"
                f" expected {one.expected}, found {one.found}"
            )
    for each in found.comparisons:
        for lost in each.lost[:_SHOWN]:
            line(
                f"{each.consumer} lacks {each.source}'s {lost.event_id or 'event'}: project"
                f" {lost.aggregate_id} #{lost.aggregate_seq}"
                + (
                    f", published {moment(lost.published_at)}"
                    if lost.event_id
                    else ", no longer kept"
                )
            )
        for ahead in each.ahead[:_SHOWN]:
            line(
                f"{each.consumer} has had {ahead.received} events of {each.source} about project"
                f" {ahead.aggregate_id}, of which {each.source} knows {ahead.written}"
            )
        if len(each.lost) > _SHOWN or len(each.ahead) > _SHOWN:
            line("… and more (all of them with --json)")
    if not found.is_clean:
        line("something is wrong: docs/runbooks/events.md says what to do")
    elif kept := sum(each.kept for each in found.comparisons):
        line(f"clean: nothing is lost; {kept} kept, see ./govproject events parked")
    else:
        line("clean")


def actions(found: Iterable[tuple[str, EventAction]]) -> None:
    """Who did what."""
    rows = (
        (
            moment(row.at),
            name,
            row.actor,
            row.action,
            len(row.events),
            json.dumps(row.selection, ensure_ascii=False),
            row.reason,
        )
        for name, row in found
    )
    table("actions", ("at", "service", "who", "action", "events", "selection", "reason"), rows)


def _console() -> Console:
    # Into a file or a pipe nothing needs to be folded.
    return Console(highlight=False, width=None if sys.stdout.isatty() else _WIDE)
