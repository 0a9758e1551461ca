"""Acts on the events of several services. Each service's is one transaction of its own."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from uuid import UUID

from sqlmodel import Session, col, select

from govproject.clock import system_clock
from govproject.errors import Conflict, NotFound, PrerequisiteError
from govproject.messaging.operations import Affected, Order, Selection
from govproject.persistence.database import Database
from govproject.persistence.tables import EventAction
from govproject_local.events import options, printing
from govproject_local.progress import told

Act = Callable[[Session, str, Selection, Order], Affected]

_SHOWN = 20
_STATES = {"replay": "parked", "skip": "parked", "republish": "among those that have left"}


def perform(
    databases: Mapping[str, Database],
    act: Act,
    chosen: Selection,
    *,
    reason: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Tell, and unless it is a dry run do, what an act means for each service.

    Raises:
        PrerequisiteError: an id is known to none of them, or an act is not possible; nothing is
            done anywhere.
    """
    given = options.reason(reason)

    def call(service: str, selection: Selection, *, dry_run: bool) -> Affected:
        db = databases[service]
        with (db.read if dry_run else db.write)() as session:
            order = Order(options.actor(), given, system_clock(), dry_run)
            return act(session, service, selection, order)

    plan: dict[str, tuple[Selection, Affected]] = {}
    known: set[UUID] = set()
    name = act.__name__
    with told(f"{name}, looking", len(databases), stopped=lambda: "nothing was done") as begin:
        for service in databases:
            begin(service)
            selection = _here(chosen, partial(call, service, dry_run=True))
            if selection is not None:
                plan[service] = selection, call(service, selection, dry_run=True)
                known.update(event.event_id for event in plan[service][1].events)
    require_known(chosen.ids, known, _STATES[name])
    meant = {service: would for service, (_, would) in plan.items() if would.events}
    answers: dict[str, Affected] = {}

    def so_far() -> str:
        left = [service for service in meant if service not in answers]
        return (
            f"done in {', '.join(answers) or 'no service'}; that of {left[0]} was taken back unless"
            " ./govproject events actions tells of it; nothing was done in any other"
        )

    if dry_run:
        answers = meant
    else:
        with told(name, len(meant), stopped=so_far) as begin:
            for service, would in meant.items():
                begin(f"{len(would.events)} events of {service}")
                answers[service] = call(service, plan[service][0], dry_run=False)
    if as_json:
        printing.as_json(
            [{"service": n, **each.model_dump(mode="json")} for n, each in answers.items()]
        )
        return
    if not answers:
        printing.line("no event is meant by this")
    for service, affected in answers.items():
        printing.affected(service, affected)


def require_known(ids: Collection[UUID], known: Collection[UUID], state: str) -> None:
    """Refuse ids that nobody knows.

    Raises:
        PrerequisiteError: one of the ids is not known.
    """
    if unknown := [str(each) for each in ids if each not in known]:
        shown = ", ".join(unknown[:_SHOWN])
        raise PrerequisiteError(f"not {state}: {shown}; nothing was done")


def recorded(databases: Mapping[str, Database], limit: int) -> list[tuple[str, EventAction]]:
    """Who did what, the latest first."""
    found = []
    for service, db in databases.items():
        with db.read() as session:
            query = select(EventAction).order_by(col(EventAction.id).desc()).limit(limit)
            found += [(service, row) for row in session.exec(query)]
    return sorted(found, key=lambda each: each[1].at, reverse=True)


def _here(chosen: Selection, dry_run: Callable[[Selection], Affected]) -> Selection | None:
    """What of a selection concerns one service; None when none of its ids does."""
    try:
        dry_run(chosen)
    except NotFound as error:
        here = set(chosen.ids) - {UUID(each) for each in error.extra["event_ids"]}
        return chosen.model_copy(update={"ids": tuple(here)}) if here else None
    except Conflict as error:
        raise PrerequisiteError(
            f"event {error.extra['event_id']} is not the next of its project: an earlier one is"
            " missing or waits; nothing was done"
        ) from None
    return chosen
