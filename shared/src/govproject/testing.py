"""Helpers for tests of services: what was published, delivery without a broker, older tables."""

from collections import Counter

from alembic.operations import Operations
from sqlmodel import col, select

from govproject.clock import Clock, system_clock
from govproject.contracts import Event
from govproject.messaging import Handlers, inbox
from govproject.messaging.envelope import Arrival, Envelope
from govproject.messaging.receiving import Outcome
from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject.persistence.tables import Outbox


def published(db: Database) -> list[Event]:
    """Every event in a service's outbox, as its contract, in the order of writing."""
    return [_event(arrival) for arrival in _arrivals(db)]


def deliver(
    producer: Database,
    consumer: Database,
    name: str,
    handlers: Handlers,
    *,
    clock: Clock = system_clock,
) -> Counter[Outcome]:
    """Give a consumer everything in a producer's outbox, as the broker would.

    It may be called again and again: what was delivered before is a duplicate.

    Args:
        producer: the database whose outbox is read.
        consumer: the database whose inbox receives.
        name: the consuming service.
        handlers: what it does on each event.
        clock: the consuming service's clock.

    Returns:
        How many events had which outcome.
    """
    return inbox.process(consumer, name, handlers, _arrivals(producer), clock=clock)


def _arrivals(db: Database) -> list[Arrival]:
    with db.read() as session:
        rows = session.exec(select(Outbox).order_by(col(Outbox.seq))).all()
    return [
        Arrival(row.headers["ce-source"].removeprefix("govproject/"), row.headers, row.body)
        for row in rows
    ]


def _event(arrival: Arrival) -> Event:
    contract = Envelope.parse(arrival).contract()
    if contract is None:
        raise LookupError(f"no contract for {arrival.headers['ce-type']}")
    return contract.model_validate_json(arrival.body)


def migrate_to(db: Database, package: str | None, revision: str, *, down: bool = False) -> None:
    """Bring a service's own tables to a revision, as an older build would have left them.

    Args:
        db: the service's database.
        package: the service's import package; None for the shared tables.
        revision: as in the file's name: "0004".
        down: go back to it.
    """
    *_, history = migrate._histories(package)  # noqa: SLF001 - a service never does this
    scripts = history.scripts()
    plan = scripts._downgrade_revs if down else scripts._upgrade_revs  # noqa: SLF001
    with db.write() as session:
        context = history.context(
            session.connection(), fn=lambda current, _: plan(revision, current)
        )
        with Operations.context(context):
            context.run_migrations()
