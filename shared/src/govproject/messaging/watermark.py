"""How old a consumer's knowledge is, by the producers' heartbeats.

A watermark says: everything that `source` committed before `as_of` is in this inbox, done or kept.
"""

from datetime import datetime

from sqlalchemy import delete, func, or_, select
from sqlmodel import Session

from govproject.persistence.sql import insert
from govproject.persistence.tables import InboxWatermark, core

_MARK = core(InboxWatermark)
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
    partition: int,
    as_of: datetime,
    *,
    latest: datetime,
) -> None:
    """Move a watermark forward; an older heartbeat that comes late changes nothing.

    A watermark beyond `latest` was made while a clock was wrong: it is replaced.
    """
    statement = insert(session, _MARK).values(
        consumer=consumer, source=source, partition=partition, as_of=as_of
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=_KEY,
            set_={"as_of": statement.excluded.as_of},
            where=or_(
                _MARK.c.as_of.is_(None),
                _MARK.c.as_of < statement.excluded.as_of,
                _MARK.c.as_of > latest,
            ),
        )
    )


def knowledge(session: Session, consumer: str) -> dict[str, datetime | None]:
    """For each source, the moment before which all it committed has arrived; None: not known."""
    heard = func.count(_MARK.c.as_of) == func.count()
    rows = session.execute(
        select(_MARK.c.source, func.min(_MARK.c.as_of), heard)
        .where(_MARK.c.consumer == consumer)
        .group_by(_MARK.c.source)
    )
    return {source: as_of if complete else None for source, as_of, complete in rows}
