"""What a message does to the consumer's database: one row.

The library's handler just inserts it, for the inbox knows what was there before. Peers have no
inbox: their row carries the event's id, which is unique, so that a second delivery changes nothing.
All write it with the database's own driver; the peers in one statement that commits by itself, for
nothing is faster for a message at a time.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import psycopg
from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Table, make_url, text
from sqlmodel import Session

from govproject.contracts.intake import FilingAccepted
from govproject.messaging import Delivery
from govproject.persistence.database import Database

_METADATA = MetaData()
EFFECT = Table(
    "effect",
    _METADATA,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("event_id", String, nullable=False),
    Column("project_id", String, nullable=False),
    Column("filing_id", String, nullable=False),
    Column("accepted_at", String, nullable=False),
)
_INSERT = (
    "INSERT INTO effect (event_id, project_id, filing_id, accepted_at) VALUES ({0}, {0}, {0}, {0})"
)
_UNLESS_THERE = " ON CONFLICT (event_id) DO NOTHING"

Apply = Callable[[str, FilingAccepted], None]
"""Takes an event's id and the event; returns once its row is committed."""


def create(db: Database, *, unique: bool) -> None:
    """Make the table.

    Args:
        db: where.
        unique: whether the row itself must know that its event was there before.
    """
    with db.write() as session:
        _METADATA.create_all(session.connection())
        if unique:
            # Not an index of the table object: that one serves the next database, too.
            session.execute(text("CREATE UNIQUE INDEX uq_effect_event_id ON effect (event_id)"))


def handle(session: Session, event: FilingAccepted, delivery: Delivery) -> None:
    """The library's handler."""
    driver: Any = session.connection().connection.driver_connection
    driver.execute(
        _INSERT.format("?" if isinstance(driver, sqlite3.Connection) else "%s"),
        _row(str(delivery.event_id), event),
    )


def opened(url: str) -> Apply:
    """A peer's way to the row, durable as the library's databases are; of one thread at a time."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        there = psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True)
        statement = _INSERT.format("%s") + _UNLESS_THERE
        return lambda event_id, event: _drop(
            there.execute(statement, _row(event_id, event), prepare=True)
        )
    here = sqlite3.connect(
        parsed.database or "", isolation_level=None, check_same_thread=False, timeout=10
    )
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        with closing(here.execute(f"PRAGMA {pragma}")):
            pass
    statement = _INSERT.format("?") + _UNLESS_THERE
    return lambda event_id, event: _drop(here.execute(statement, _row(event_id, event)))


def _row(event_id: str, event: FilingAccepted) -> tuple[str, str, str, str]:
    return (
        event_id,
        str(event.project_id),
        str(event.filing_id),
        event.accepted_at.isoformat(),
    )


def _drop(_: object) -> None:
    """A row that is written has nothing to say."""
