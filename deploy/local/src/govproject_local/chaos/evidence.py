"""What the databases hold when the work is done, read from outside."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection, create_engine, select

from govproject.contracts import FOLLOWERS
from govproject.messaging import topology
from govproject.persistence.tables import (
    Inbox,
    InboxCursor,
    InboxState,
    InboxTally,
    Outbox,
    OutboxStream,
    RelaySlot,
    core,
)
from govproject_local.chaos.journal import EFFECT

_OUTBOX = core(Outbox)
_INBOX = core(Inbox)


class Written(NamedTuple):
    """An event in its producer's outbox."""

    event_id: str
    aggregate_id: str
    aggregate_seq: int
    name: str
    request_id: str | None
    published: bool


class Applied(NamedTuple):
    """A row of a consumer's journal."""

    event_id: str
    source: str
    aggregate_id: str
    aggregate_seq: int


class Kept(NamedTuple):
    """An event that a consumer's inbox keeps, and why."""

    event_id: str
    source: str
    aggregate_id: str
    aggregate_seq: int
    state: str
    error: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one service's database says."""

    outbox: tuple[Written, ...] = ()
    """In the order of writing."""
    streams: Mapping[str, int] = field(default_factory=dict)
    """By project: the last number given."""
    journal: tuple[Applied, ...] = ()
    """In the order of application."""
    cursors: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """By producer and project: the last number that took effect."""
    kept: tuple[Kept, ...] = ()
    """What is deferred or parked."""
    published: Mapping[int, int] = field(default_factory=dict)
    """By slot: how many events the relay says it has published; slots at 0 are left out."""
    received: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """By producer and slot: how many events the inbox says have arrived."""


FOLLOWS = {
    consumer: tuple(producer for producer, readers in FOLLOWERS.items() if consumer in readers)
    for consumer in FOLLOWERS
}
"""By consumer: the producers whose events it must not miss."""


def read(url: str) -> Evidence:
    """Read one service's database."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return _read(connection)
    finally:
        engine.dispose()


def _read(connection: Connection) -> Evidence:
    outbox = connection.execute(select(_OUTBOX).order_by(_OUTBOX.c.seq))
    streams = connection.execute(select(core(OutboxStream)))
    journal = connection.execute(select(EFFECT).order_by(EFFECT.c.id))
    cursors = connection.execute(select(core(InboxCursor)))
    kept = connection.execute(select(_INBOX).where(_INBOX.c.finished_at.is_(None)))
    slots = connection.execute(select(core(RelaySlot)))
    tallies = connection.execute(select(core(InboxTally)))
    return Evidence(
        outbox=tuple(
            Written(
                str(row.event_id),
                row.aggregate_id,
                row.aggregate_seq,
                _name(row.type),
                row.headers.get("ce-requestid"),
                row.published_at is not None,
            )
            for row in outbox
        ),
        streams={row.aggregate_id: row.last_seq for row in streams},
        journal=tuple(
            Applied(row.event_id, row.source, row.aggregate_id, row.aggregate_seq)
            for row in journal
        ),
        cursors={(row.source, row.aggregate_id): row.last_seq for row in cursors},
        kept=tuple(
            Kept(
                str(row.event_id),
                row.source,
                row.aggregate_id,
                row.aggregate_seq,
                InboxState(row.state),
                row.error,
            )
            for row in kept
        ),
        published={row.slot: row.published for row in slots if row.published},
        received={(row.source, row.slot): row.received for row in tallies},
    )


def by_slot(outbox: tuple[Written, ...]) -> Counter[int]:
    """Count the published events of each slot."""
    return Counter(topology.slot(event.aggregate_id) for event in outbox if event.published)


def _name(ce_type: str) -> str:
    """`govproject.intake.project.declared.v1` is "project.declared"."""
    return ce_type.split(".", 2)[2].rpartition(".")[0]
