"""Working days as notices announce them, beside the calendar that comes with the library.

The bureau enters them in intake; the other services learn of them by its event.
"""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from govproject.contracts.intake import WorkingDaysAnnounced
from govproject.messaging import Delivery
from govproject.persistence.sql import insert
from govproject.persistence.tables import WorkingDay, core

_WORKING_DAY = core(WorkingDay)


def table(session: Session) -> dict[date, bool]:
    """Every day that was announced, and whether people work on it."""
    rows = session.execute(core_select(_WORKING_DAY.c.day, _WORKING_DAY.c.is_working))
    return {row.day: row.is_working for row in rows}


def announced(session: Session, year: int) -> dict[date, WorkingDay]:
    """The announced days of a year."""
    begin, end = date(year, 1, 1), date(year, 12, 31)
    found = session.exec(select(WorkingDay).where(col(WorkingDay.day).between(begin, end)))
    return {row.day: row for row in found}


def keep(
    session: Session,
    days: Iterable[tuple[date, bool]],
    *,
    notice: str,
    imported_by: str,
    imported_at: datetime,
) -> None:
    """Keep whether people work on these days; what was said of them before no longer counts."""
    said = {"notice": notice, "imported_by": imported_by, "imported_at": imported_at}
    adding = insert(session, _WORKING_DAY).values(
        [{"day": day, "is_working": is_working, **said} for day, is_working in days]
    )
    replaced = {name: adding.excluded[name] for name in ("is_working", *said)}
    session.execute(
        adding.on_conflict_do_update(index_elements=[_WORKING_DAY.c.day], set_=replaced)
    )


def on_working_days_announced(
    session: Session, event: WorkingDaysAnnounced, delivery: Delivery
) -> None:
    """Keep what intake announced: the handler of a service that computes no days of its own yet."""
    keep(
        session,
        [
            *((day, True) for day in event.working_days),
            *((day, False) for day in event.days_off),
        ],
        notice=event.notice,
        imported_by=event.imported_by,
        imported_at=event.imported_at,
    )
