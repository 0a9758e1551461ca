"""A witness inside each service: one row for every event that was applied, however often.

The row is written in the transaction of the event's own effects and has no unique constraint: what
is applied twice is there twice, what is taken back is not there, and the ids say in which order.
"""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Table
from sqlmodel import Session

from govproject.contracts import Event
from govproject.contracts.event import known
from govproject.messaging import Delivery, Handler
from govproject.persistence.database import Database
from govproject.service import Service

EFFECT = Table(
    "chaos_effect",
    MetaData(),
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("event_id", String, nullable=False),
    Column("source", String, nullable=False),
    Column("aggregate_id", String, nullable=False),
    Column("aggregate_seq", BigInteger, nullable=False),
    Column("type", String, nullable=False),
    sqlite_autoincrement=True,
)


def prepare(db: Database) -> None:
    """Make the journal's table, unless it is there."""
    with db.write() as session:
        EFFECT.create(session.connection(), checkfirst=True)


def journalled(service: Service, on_row: Callable[[], None]) -> Service:
    """The same service, which also writes down every event of the producers it follows.

    Args:
        service: as it is.
        on_row: is told of each row.
    """
    followed = [event for (source, _, _), event in known().items() if source in service.follows]
    return replace(
        service,
        handlers={
            event: _with_row(event, service.handlers.get(event), on_row) for event in followed
        },
    )


def _with_row(
    contract: type[Event], handler: Handler | None, on_row: Callable[[], None]
) -> Handler:
    apply: Handler = handler or _nothing

    def write_down_and_apply(session: Session, event: Event, delivery: Delivery) -> None:
        session.execute(
            EFFECT.insert(),
            {
                "event_id": str(delivery.event_id),
                "source": delivery.source,
                "aggregate_id": delivery.aggregate_id,
                "aggregate_seq": delivery.aggregate_seq,
                "type": contract.name,
            },
        )
        apply(session, event, delivery)
        on_row()

    return write_down_and_apply


def _nothing(session: Session, event: Event, delivery: Delivery) -> None:
    """What a service does about an event that it has no handler for."""
