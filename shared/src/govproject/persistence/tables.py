"""Tables that every service has beside its own: outbox, inbox, files, deadlines, exceptions.

Their shapes are a promise to running installations: a migration may add a column, none changes its
meaning. Moments named "host time" serve back-off and retention and come from the host; the others
come from the service's injected clock.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Double,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy import Table as CoreTable
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from govproject.persistence.types import Choice, Document, UtcDateTime
from govproject.regulation.periods import Period
from govproject.terms import ReliefKind


def table_registry() -> registry:
    """A registry of a package's own: five services fit into one process without a clash of names.

    Use: `class Table(SQLModel, registry=table_registry()): …`, then `class Project(Table,
    table=True)`. Constraints get names, so that migrations can refer to them on every database.
    """
    return registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        )
    )


def core(model: type[SQLModel]) -> CoreTable:
    """The plain table of a model, for statements that need no objects."""
    table: CoreTable = model.__table__  # type: ignore[attr-defined]  # SQLModel sets it untyped
    return table


def _partial_index(name: str, *columns: str, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class Table(SQLModel, registry=table_registry()):
    """Base of the shared tables."""


class OutboxStream(Table, table=True):
    """The last number given in each stream. It outlives the outbox rows: no number is reused."""

    __tablename__ = "outbox_stream"

    aggregate_type: str = Field(primary_key=True)
    aggregate_id: str = Field(primary_key=True)
    last_seq: int = Field(sa_type=BigInteger)


class Outbox(Table, table=True):
    """An event that leaves, or has left, this service; `seq` is the order of writing."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("aggregate_type", "aggregate_id", "aggregate_seq"),
        # What the relay reads: it stays small however long the history grows.
        _partial_index("ix_outbox_unpublished", "seq", "slot", where="published_at IS NULL"),
        # Streams held back: almost always empty. Its columns are those of the unique one above in
        # their order, or SQLite prefers that one, with all that was ever published.
        _partial_index(
            "ix_outbox_waiting",
            "aggregate_type",
            "aggregate_id",
            "aggregate_seq",
            where="published_at IS NULL AND next_attempt IS NOT NULL",
        ),
        _partial_index("ix_outbox_published", "published_at", where="published_at IS NOT NULL"),
        {"sqlite_autoincrement": True},
    )

    seq: int | None = Field(
        default=None, primary_key=True, sa_type=BigInteger().with_variant(Integer, "sqlite")
    )
    event_id: UUID = Field(unique=True)
    slot: int = Field(sa_type=SmallInteger)
    aggregate_type: str
    aggregate_id: str
    aggregate_seq: int = Field(sa_type=BigInteger)
    type: str
    version: int = Field(sa_type=SmallInteger)
    routing_key: str
    headers: dict[str, Any] = Field(sa_type=JSON)
    body: bytes
    created_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int = 0
    next_attempt: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Host time before which this event and those after it in its stream stay; None: now."""
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Host time of the broker's confirmation."""


class RelayMember(Table, table=True):
    """A running relay; it says how many share the slots."""

    __tablename__ = "relay_member"

    owner: UUID = Field(primary_key=True)
    expires_at: float = Field(sa_type=Double)
    """Seconds since 1970 by the database's clock, which all relays share."""


class RelaySlot(Table, table=True):
    """Which relay may publish the streams of a slot, until when, and how many events it has."""

    __tablename__ = "relay_slot"

    slot: int = Field(
        primary_key=True, sa_type=SmallInteger, sa_column_kwargs={"autoincrement": False}
    )
    owner: UUID | None = None
    expires_at: float = Field(default=0.0, sa_type=Double)
    published: int = Field(default=0, sa_type=BigInteger)
    """Events of this slot that are marked as published, those purged since included."""


class InboxState(StrEnum):
    """Where a received event stands. The first two are final."""

    DONE = "done"
    SKIPPED = "skipped"
    """Known, but of no interest to this consumer, or passed over by an operator."""
    DEFERRED = "deferred"
    """Kept until its turn: an earlier event of its stream is missing, parked or to be retried."""
    PARKED = "parked"
    """Kept for an operator; later events of its stream wait."""


class Inbox(Table, table=True):
    """An event that a consumer received. Content is kept until the state is final."""

    __tablename__ = "inbox"
    __table_args__ = (
        # What is not final: small, unless something is wrong.
        _partial_index(
            "ix_inbox_pending",
            "consumer",
            "aggregate_id",
            "aggregate_seq",
            where="finished_at IS NULL",
        ),
        _partial_index("ix_inbox_finished", "finished_at", where="finished_at IS NOT NULL"),
    )

    consumer: str = Field(primary_key=True)
    source: str = Field(primary_key=True)
    event_id: UUID = Field(primary_key=True)
    aggregate_type: str
    aggregate_id: str
    """Empty for a message whose place in a stream cannot be told; it holds up nobody."""
    aggregate_seq: int = Field(sa_type=BigInteger)
    type: str
    state: InboxState = Field(sa_type=String)
    attempts: int = 0
    unfinished: int = 0
    """Attempts that never reported back: a handler that kills its process shows here."""
    error: str | None = None
    headers: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    body: bytes | None = None
    received_at: datetime = Field(sa_type=UtcDateTime)
    """Host time."""
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Host time at which the state became final."""


class InboxCursor(Table, table=True):
    """The last event of each stream that is final. It never expires."""

    __tablename__ = "inbox_cursor"

    consumer: str = Field(primary_key=True)
    source: str = Field(primary_key=True)
    aggregate_type: str = Field(primary_key=True)
    aggregate_id: str = Field(primary_key=True)
    last_seq: int = Field(sa_type=BigInteger)


class InboxWatermark(Table, table=True):
    """Everything that `source` committed before `as_of` has arrived through this partition."""

    __tablename__ = "inbox_watermark"

    consumer: str = Field(primary_key=True)
    source: str = Field(primary_key=True)
    partition: int = Field(
        primary_key=True, sa_type=SmallInteger, sa_column_kwargs={"autoincrement": False}
    )
    as_of: datetime | None = Field(default=None, sa_type=UtcDateTime)
    missing: int = 0
    """Events that the last heartbeat says were published and that have not arrived; while there are
    any, `as_of` stands still."""


class InboxTally(Table, table=True):
    """How many events of a slot of a source have arrived and have a place, whatever became of them.

    Compared with what the source says it has published, it shows what a queue has lost.
    """

    __tablename__ = "inbox_tally"

    consumer: str = Field(primary_key=True)
    source: str = Field(primary_key=True)
    slot: int = Field(
        primary_key=True, sa_type=SmallInteger, sa_column_kwargs={"autoincrement": False}
    )
    received: int = Field(sa_type=BigInteger)


class EventAction(Table, table=True):
    """What an operator did to events, for the auditors. Rows are only ever added."""

    __tablename__ = "event_action"

    id: UUID = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    actor: str
    """Who: an account's name, or `cli:<user of the operating system>`."""
    action: str
    """"replay", "skip" or "republish"."""
    reason: str | None = None
    selection: dict[str, Any] = Field(sa_type=JSON)
    """What was asked for: the filters."""
    events: list[str] = Field(sa_type=JSON)
    """The ids of the events that it befell."""


class StoredFile(Table, table=True):
    """A file that somebody handed in. Its content is in the store, under its SHA-256."""

    __tablename__ = "stored_file"

    id: UUID = Field(primary_key=True)
    unit: str | None
    """The project unit it belongs to; None when another body handed it in."""
    name: str
    kind: str
    size: int = Field(sa_type=BigInteger)
    sha256: str = Field(index=True)
    sm3: str
    parts_sha256: str | None = None
    """Over the parts of a package; None of another file, and where an older build took it in."""
    uploaded_by: str
    uploaded_at: datetime = Field(sa_type=UtcDateTime)


class WorkingDay(Table, table=True):
    """Whether people work on a day, as a notice says; the last word on a day counts."""

    __tablename__ = "working_day"

    day: date = Field(primary_key=True)
    is_working: bool
    notice: str
    """The number of the document."""
    imported_by: str
    imported_at: datetime = Field(sa_type=UtcDateTime)


class Obligation(Table, table=True):
    """A duty of a project, open until proven done. Closed ones are kept."""

    # Not "obligation": the acceptance service once had a table of that name.
    __tablename__ = "project_obligation"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(index=True)
    unit: str = Field(index=True)
    rule: str
    article: str
    quote: str
    task: str
    period: Period | None = Field(sa_type=Document(Period))
    """What `due_on` is computed from."""
    due_on: date | None = Field(index=True)
    due_provisional: bool
    runs_until_due: bool
    opened_at: datetime = Field(sa_type=UtcDateTime)
    proof: str | None = None
    proof_file_id: UUID | None = None
    closed_by: str | None = None
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    overdue_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RecordedRelief(Table, table=True):
    """An act of the bureau that lifts one rule's refusal for a project. Ended ones are kept."""

    # Not "relief": the cloud-alloc service once had a table of that name.
    __tablename__ = "project_relief"

    id: UUID = Field(primary_key=True)
    project_id: UUID = Field(index=True)
    rule: str
    kind: ReliefKind = Field(sa_type=Choice(ReliefKind))
    reason: str
    applied_by: str | None = None
    """The account of who asked for it, if it was named."""
    approver: str
    document: str
    expires_on: date
    """The last day on which it lifts anything."""
    granted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """None of an act that was kept before this was."""
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawal_reason: str | None = None


class Idempotency(Table, table=True):
    """The answer already given to a request that carried an idempotency key."""

    __tablename__ = "idempotency"

    principal: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    fingerprint: str
    """SHA-256 of method, path and body, in hexadecimal."""
    status: int = Field(sa_type=SmallInteger)
    body: bytes
    created_at: datetime = Field(sa_type=UtcDateTime)
