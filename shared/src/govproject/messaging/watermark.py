"""How old a consumer's knowledge is, by the producers' heartbeats.

A watermark says: everything that `source` committed before `as_of` is in this inbox, done or kept.
It stands still while fewer events have arrived than the source says it has published: a queue that
was deleted, or made too late, makes knowledge old and never wrong.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, delete, func, or_, select
from sqlmodel import Session

from govproject.messaging.heartbeat import Heartbeat
from govproject.messaging.streams import TALLY
from govproject.messaging.topology import SLOTS
from govproject.persistence.sql import insert
from govproject.persistence.tables import InboxWatermark, core

logger = logging.getLogger(__name__)

_MARK = core(InboxWatermark)
_MOST = 2**31 - 1  # that the column holds, whatever a heartbeat claims
_KEY = (_MARK.c.consumer, _MARK.c.source, _MARK.c.partition)


def expect(session: Session, consumer: str, sources: tuple[str, ...], partitions: int) -> None:
    """Make room for the heartbeats of every source through every partition, and for no others.

    A source that has not been heard through all partitions counts as unknown from now on.
    """
    session.execute(
        delete(_MARK).where(
            _MARK.c.consumer == consumer,
            or_(_MARK.c.source.not_in(sources), _MARK.c.partition >= partitions),
        )
    )
    rows = [
        {"consumer": consumer, "source": source, "partition": partition}
        for source in sources
        for partition in range(partitions)
    ]
    if rows:
        statement = insert(session, _MARK)
        # Writes even when there is nothing new: consumers find out here whether they could.
        session.execute(
            statement.on_conflict_do_update(
                index_elements=_KEY, set_={"partition": statement.excluded.partition}
            ),
            rows,
        )


def record(
    session: Session,
    consumer: str,
    source: str,
    beat: Heartbeat,
    *,
    behind: Mapping[int, int],
    partition: int,
    partitions: int,
    latest: datetime,
) -> None:
    """Move a watermark forward, if all that the heartbeat counts through this partition is here.

    Of what is here, `behind` says how many events of each slot came after the heartbeat.
    An older heartbeat that comes late changes nothing. A watermark beyond `latest` was made while a
    clock was wrong: it is replaced.
    """
    slots = range(partition, SLOTS, partitions)
    missing = min(_missing(session, consumer, source, beat, behind, slots), _MOST)
    key = {"consumer": consumer, "source": source, "partition": partition}
    missed = session.execute(
        select(_MARK.c.missing).where(*(_MARK.c[name] == value for name, value in key.items()))
    ).scalar()
    if missing and not missed:
        logger.warning("%d events of %s have been published and are not here", missing, source)
    statement = insert(session, _MARK).values(
        **key, as_of=None if missing else beat.as_of, missing=missing
    )
    newer = or_(
        _MARK.c.as_of.is_(None),
        _MARK.c.as_of < statement.excluded.as_of,
        _MARK.c.as_of > latest,
    )
    moved = case((newer, statement.excluded.as_of), else_=_MARK.c.as_of)
    changed: dict[str, ColumnElement[Any]] = {"missing": statement.excluded.missing}
    if not missing:
        changed["as_of"] = moved
    session.execute(statement.on_conflict_do_update(index_elements=_KEY, set_=changed))


def _missing(
    session: Session,
    consumer: str,
    source: str,
    beat: Heartbeat,
    behind: Mapping[int, int],
    slots: range,
) -> int:
    rows = session.execute(
        select(TALLY.c.slot, TALLY.c.received).where(
            TALLY.c.consumer == consumer, TALLY.c.source == source
        )
    )
    received = {row.slot: row.received - behind.get(row.slot, 0) for row in rows}
    return sum(max(0, beat.published[slot] - received.get(slot, 0)) for slot in slots)


def knowledge(session: Session, consumer: str) -> dict[str, datetime | None]:
    """For each source, the moment before which all it committed has arrived; None: not known."""
    heard = func.count(_MARK.c.as_of) == func.count()
    rows = session.execute(
        select(_MARK.c.source, func.min(_MARK.c.as_of), heard)
        .where(_MARK.c.consumer == consumer)
        .group_by(_MARK.c.source)
    )
    return {source: as_of if complete else None for source, as_of, complete in rows}


def missing(session: Session, consumer: str) -> dict[str, int]:
    """For each source, how many events it has published that have not arrived."""
    rows = session.execute(
        select(_MARK.c.source, func.sum(_MARK.c.missing).label("events"))
        .where(_MARK.c.consumer == consumer)
        .group_by(_MARK.c.source)
    )
    return {row.source: row.events for row in rows}
