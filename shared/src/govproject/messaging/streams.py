"""Where a consumer stands in each stream, and what it keeps for later: the inbox's statements.

A stream is what one producer says about one project, numbered from 1 without a gap. Its cursor is
the number of the last event that is final, done or skipped; later ones may be kept, deferred or
parked. What has no place in any stream is kept beside them, "unplaced", at number 0; if it says
which project it is about, it counts as something about that project that took no effect.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Dialect, Row, bindparam, delete, func, select, update
from sqlmodel import Session

from govproject.messaging.envelope import Arrival, Envelope, storable, subject_of
from govproject.persistence.sql import Prepared, among, insert, insert_on
from govproject.persistence.tables import Inbox, InboxCursor, InboxState, InboxTally, core

INBOX = core(Inbox)
CURSOR = core(InboxCursor)
TALLY = core(InboxTally)

UNPLACED = 0
"""The `aggregate_seq` of what is unplaced."""

_MAX_ERROR = 2000


class Stream(NamedTuple):
    """The name of a stream."""

    source: str
    aggregate_type: str
    aggregate_id: str


class Kept(NamedTuple):
    """An event that waits for its turn or for an operator."""

    event_id: UUID
    aggregate_seq: int
    state: InboxState
    unfinished: int
    arrival: Arrival


def stream_of(envelope: Envelope) -> Stream:
    """The stream an event belongs to."""
    return Stream(envelope.source, envelope.aggregate_type, envelope.aggregate_id)


class Streams:
    """One consumer's streams within one transaction."""

    def __init__(self, session: Session, consumer: str) -> None:
        self._session = session
        self._consumer = consumer
        self._prepared = _prepared(session.get_bind().dialect)

    def lock(self, streams: Collection[Stream]) -> dict[Stream, int]:
        """The cursors of these streams, locked until the transaction ends; new ones are at 0."""
        known = self._cursors(self._prepared.find, streams)
        if missing := sorted(set(streams) - known.keys()):
            # Two consumers may meet here: one inserts, the other waits for it and then reads. All
            # new ones come before the first old one is locked. The other way round, one could hold
            # an old one that the other wants, and want a new one that the other holds.
            self._session.execute(
                insert(self._session, CURSOR).on_conflict_do_nothing(),
                [
                    {"consumer": self._consumer, **stream._asdict(), "last_seq": 0}
                    for stream in missing
                ],
            )
        elif self._session.get_bind().dialect.name == "sqlite":
            return known  # the transaction has the database to itself
        return self._cursors(self._prepared.lock, streams)

    def move(self, cursors: Mapping[Stream, int]) -> None:
        """Set these cursors."""
        if cursors:
            self._prepared.move.for_each(
                self._session,
                [
                    {
                        "of_source": stream.source,
                        "of_aggregate_type": stream.aggregate_type,
                        "of_aggregate_id": stream.aggregate_id,
                        "to": last,
                    }
                    for stream, last in cursors.items()
                ],
                of_consumer=self._consumer,
            )

    def first_kept(self, streams: Collection[Stream]) -> dict[Stream, int]:
        """The lowest number kept in each of these streams that keeps any."""
        rows = self._prepared.first_kept.rows(
            self._session,
            consumer=self._consumer,
            projects=sorted({stream.aggregate_id for stream in streams}),
        )
        return {Stream(source, kind, project): first for project, kind, source, first in rows}

    def kept(self, stream: Stream, *, after: int, limit: int) -> Iterator[Kept]:
        """What a stream keeps beyond a number, in order."""
        rows = self._session.execute(
            select(INBOX)
            .where(*self._of(stream), INBOX.c.aggregate_seq > after)
            .order_by(INBOX.c.aggregate_seq)
            .limit(limit)
        )
        return map(_kept, rows.all())

    def released(self, limit: int) -> Iterator[Kept]:
        """What is unplaced and shall be received anew."""
        rows = self._session.execute(
            select(INBOX)
            .where(
                INBOX.c.consumer == self._consumer,
                INBOX.c.aggregate_seq == UNPLACED,
                INBOX.c.state == InboxState.DEFERRED,
                INBOX.c.finished_at.is_(None),
            )
            .limit(limit)
        )
        return map(_kept, rows.all())

    def was_received(self, envelope: Envelope) -> bool:
        """True when this very event is on record."""
        return bool(
            self._session.execute(
                select(INBOX.c.event_id).where(*self._is(envelope.source, envelope.event_id))
            ).first()
        )

    def count(self, placed: Mapping[tuple[str, int], int]) -> None:
        """Add to what has arrived and has a place, by source and slot."""
        if placed:
            self._prepared.tally.for_each(
                self._session,
                [
                    {"source": source, "slot": slot, "received": count}
                    # Sorted, so that two transactions cannot wait for each other.
                    for (source, slot), count in sorted(placed.items())
                ],
                consumer=self._consumer,
            )

    def add_final(self, events: Sequence[tuple[Envelope, InboxState]]) -> None:
        """Record events that became final at once."""
        if events:
            now = datetime.now(UTC)
            self._prepared.add_final.for_each(
                self._session,
                [_row(envelope, state) for envelope, state in events],
                consumer=self._consumer,
                attempts=1,
                unfinished=0,
                received_at=now,
                finished_at=now,
            )

    def keep(
        self, arrival: Arrival, envelope: Envelope, state: InboxState, error: str | None
    ) -> bool:
        """Keep an event; False when its id is taken."""
        return self._insert(arrival, _row(envelope, state), error)

    def set_aside(self, arrival: Arrival, reason: str) -> None:
        """Park what is unplaced, under an id made of its content."""
        ce_type = arrival.headers.get("ce-type")
        row = {
            "source": arrival.source,
            "event_id": arrival.digest(),
            "aggregate_type": "",
            "aggregate_id": subject_of(arrival),
            "aggregate_seq": UNPLACED,
            "type": _clean(ce_type) if isinstance(ce_type, str) else "",
            "state": InboxState.PARKED,
        }
        self._insert(arrival, row, reason)

    def conclude(
        self, source: str, event_id: UUID, state: InboxState, error: str | None = None
    ) -> None:
        """Record what became of a kept event."""
        values: dict[str, Any] = {
            "state": state,
            "error": _clean(error),
            "attempts": INBOX.c.attempts + 1,
            "unfinished": 0,
        }
        if state in (InboxState.DONE, InboxState.SKIPPED):
            values |= {"finished_at": datetime.now(UTC), "headers": None, "body": None}
        self._session.execute(update(INBOX).where(*self._is(source, event_id)).values(values))

    def count_unfinished(self, source: str, event_id: UUID) -> None:
        """Note that an attempt begins; `conclude` takes the note back."""
        self._session.execute(
            update(INBOX)
            .where(*self._is(source, event_id))
            .values(unfinished=INBOX.c.unfinished + 1)
        )

    def discount_unfinished(self, source: str, event_id: UUID) -> None:
        """Take the note back: the attempt failed for a reason that is not the event's."""
        self._session.execute(
            update(INBOX)
            .where(*self._is(source, event_id), INBOX.c.unfinished > 0)
            .values(unfinished=INBOX.c.unfinished - 1)
        )

    def forget(self, source: str, event_id: UUID) -> bool:
        """Delete a row that is about to be received anew; False when somebody else has."""
        forgotten = self._session.connection().execute(
            delete(INBOX).where(*self._is(source, event_id))
        )
        return forgotten.rowcount == 1

    def _cursors(self, statement: Prepared, streams: Collection[Stream]) -> dict[Stream, int]:
        rows = statement.rows(
            self._session,
            consumer=self._consumer,
            sources=sorted({stream.source for stream in streams}),
            kinds=sorted({stream.aggregate_type for stream in streams}),
            projects=sorted({stream.aggregate_id for stream in streams}),
        )
        found = {Stream(source, kind, project): last for source, kind, project, last in rows}
        return {stream: found[stream] for stream in streams if stream in found}

    def _of(self, stream: Stream) -> tuple[ColumnElement[bool], ...]:
        return (
            INBOX.c.consumer == self._consumer,
            INBOX.c.finished_at.is_(None),
            *(INBOX.c[field] == value for field, value in stream._asdict().items()),
        )

    def _is(self, source: str, event_id: UUID) -> tuple[ColumnElement[bool], ...]:
        return (
            INBOX.c.consumer == self._consumer,
            INBOX.c.source == source,
            INBOX.c.event_id == event_id,
        )

    def _insert(self, arrival: Arrival, row: dict[str, Any], error: str | None) -> bool:
        inserted = self._session.execute(
            insert(self._session, INBOX).on_conflict_do_nothing().returning(INBOX.c.event_id),
            row
            | {
                "consumer": self._consumer,
                "attempts": 0 if error is None else 1,
                "unfinished": 0,
                "error": _clean(error),
                "headers": json.loads(storable(arrival.headers)),
                "body": arrival.body,
                "received_at": datetime.now(UTC),
            },
        )
        return inserted.first() is not None


class _Prepared(NamedTuple):
    """What is asked and written with every batch."""

    find: Prepared
    lock: Prepared
    first_kept: Prepared
    move: Prepared
    tally: Prepared
    add_final: Prepared


@lru_cache
def _prepared(dialect: Dialect) -> _Prepared:
    key = ("consumer", *Stream._fields)
    counted = insert_on(dialect, TALLY).values(
        {name: bindparam(name) for name in ("consumer", "source", "slot", "received")}
    )
    final = (*key, "event_id", "aggregate_seq", "type", "state", "attempts", "unfinished")
    moments = ("received_at", "finished_at")
    stream = [CURSOR.c[field] for field in Stream._fields]
    # Projects first, as in the index of what is kept: or SQLite reads the whole inbox.
    kept = [INBOX.c[field] for field in reversed(Stream._fields)]
    # The three lists together may match more than asked for; sorting prevents deadlocks.
    cursors = (
        select(*stream, CURSOR.c.last_seq)
        .where(
            CURSOR.c.consumer == bindparam("consumer"),
            among(dialect, CURSOR.c.source, "sources"),
            among(dialect, CURSOR.c.aggregate_type, "kinds"),
            among(dialect, CURSOR.c.aggregate_id, "projects"),
        )
        .order_by(*stream)
    )
    return _Prepared(
        find=Prepared(dialect, cursors),
        lock=Prepared(dialect, cursors.with_for_update()),
        first_kept=Prepared(
            dialect,
            select(*kept, func.min(INBOX.c.aggregate_seq))
            .where(
                INBOX.c.consumer == bindparam("consumer"),
                INBOX.c.finished_at.is_(None),
                among(dialect, INBOX.c.aggregate_id, "projects"),
                INBOX.c.aggregate_seq != UNPLACED,
            )
            .group_by(*kept),
        ),
        move=Prepared(
            dialect,
            update(CURSOR)
            .where(*(CURSOR.c[name] == bindparam(f"of_{name}") for name in key))
            .values(last_seq=bindparam("to")),
        ),
        tally=Prepared(
            dialect,
            counted.on_conflict_do_update(
                index_elements=[TALLY.c.consumer, TALLY.c.source, TALLY.c.slot],
                set_={"received": TALLY.c.received + counted.excluded.received},
            ),
        ),
        add_final=Prepared(
            dialect,
            insert_on(dialect, INBOX)
            .values({name: bindparam(name) for name in (*final, *moments)})
            .on_conflict_do_nothing(),
        ),
    )


def _row(envelope: Envelope, state: InboxState) -> dict[str, Any]:
    return {
        "source": envelope.source,
        "event_id": envelope.event_id,
        "aggregate_type": envelope.aggregate_type,
        "aggregate_id": envelope.aggregate_id,
        "aggregate_seq": envelope.aggregate_seq,
        "type": envelope.ce_type,
        "state": state,
    }


def _kept(row: Row[Any]) -> Kept:
    return Kept(
        event_id=row.event_id,
        aggregate_seq=row.aggregate_seq,
        state=InboxState(row.state),
        unfinished=row.unfinished,
        arrival=Arrival(row.source, row.headers, row.body),
    )


def _clean(text: str | None) -> str | None:
    # PostgreSQL takes neither NUL nor lone surrogates.
    if text is None:
        return None
    return text[:_MAX_ERROR].encode(errors="backslashreplace").decode().replace("\0", "\\0")
