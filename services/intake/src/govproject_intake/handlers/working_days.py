"""The calendar: which days are worked, by the State Council's yearly notices."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from sqlmodel import Session

from govproject import calendar
from govproject.context import Context
from govproject.contracts.intake import CALENDAR, WorkingDaysAnnounced
from govproject.regulation.periods import is_working_day
from govproject_intake.handlers.day_lists import Row, Wrong, refuse
from govproject_intake.working_days import BUILT_IN, CalendarView, DayView, ImportedView, ListedDay

_FRIDAY = 5
_ALWAYS_OFF = ((1, 1), (10, 1))
_NO_NOTICE = f"改动“{BUILT_IN}”须填写依据（通知文号）"


def announce(session: Session, context: Context, rows: Sequence[Row]) -> ImportedView:
    """Take a list in and tell the other services, notice by notice.

    Raises:
        Invalid: `working_days_invalid`, a year that is not published yet lacks its holidays.
    """
    listed = {row.listed.day: row.listed for row in rows}
    years = sorted({day.year for day in listed})
    known = calendar.table(session)
    new = [year for year in years if is_working_day(date(year, 7, 1), known) is None]
    changed = _changed(session, rows, known)
    refuse(
        [
            *(wrong for year in new for wrong in _incomplete(year, listed)),
            *(Wrong(row.place, _NO_NOTICE) for row in changed if row.listed.notice == BUILT_IN),
        ]
    )
    followed = [each for year in new for each in _followed(year, listed)]
    by_notice: dict[str, list[ListedDay]] = defaultdict(list)
    for each in (*(row.listed for row in changed), *followed):
        by_notice[each.notice].append(each)
    for notice, days in by_notice.items():
        _announce(session, context, notice, days)
    return ImportedView(
        listed=len(listed), changed=len(changed), followed=len(followed), years=years
    )


def show(session: Session, context: Context, year: int) -> CalendarView:
    """Every day of a year that is known, imported or built in."""
    imported = calendar.announced(session, year)
    table = {day: row.is_working for day, row in imported.items()}
    days = []
    for day in _days(year):
        is_working = is_working_day(day, table)
        if is_working is None:
            continue
        row = imported.get(day)
        days.append(
            DayView(
                day=day,
                is_working=is_working,
                notice=None if row is None else row.notice,
                imported_by=None if row is None else row.imported_by,
                imported_at=None if row is None else row.imported_at,
            )
        )
    return CalendarView(year=year, published=len(days) == len(list(_days(year))), days=days)


def _changed(session: Session, rows: Sequence[Row], known: Mapping[date, bool]) -> list[Row]:
    """The rows that say of a day what is not known of it by their notice; the same is not told."""
    years = {row.listed.day.year for row in rows}
    noticed = {
        day: row.notice for year in years for day, row in calendar.announced(session, year).items()
    }
    return [
        row
        for row in rows
        if (is_working_day(row.listed.day, known), noticed.get(row.listed.day, BUILT_IN))
        != (row.listed.is_working, row.listed.notice)
    ]


def _announce(session: Session, context: Context, notice: str, days: list[ListedDay]) -> None:
    by, at = context.caller.subject, context.now()
    said = [(each.day, each.is_working) for each in days]
    calendar.keep(session, said, notice=notice, imported_by=by, imported_at=at)
    context.publish(
        session,
        WorkingDaysAnnounced(
            project_id=CALENDAR,
            notice=notice,
            working_days=tuple(sorted(day for day, is_working in said if is_working)),
            days_off=tuple(sorted(day for day, is_working in said if not is_working)),
            imported_by=by,
            imported_at=at,
        ),
    )


def _incomplete(year: int, listed: Mapping[date, ListedDay]) -> Iterator[Wrong]:
    for month, number in _ALWAYS_OFF:
        said = listed.get(date(year, month, number))
        if said is None or said.is_working:
            yield Wrong(
                f"{year}年",
                f"该年度安排尚未公布，须按年度通知完整导入，{month}月{number}日须列为放假",
            )


def _followed(year: int, listed: Mapping[date, ListedDay]) -> Iterator[ListedDay]:
    """The days that a whole notice does not name: people work from Monday to Friday."""
    notice = listed[date(year, 1, 1)].notice
    for day in _days(year):
        if day not in listed:
            yield ListedDay(day=day, is_working=day.isoweekday() <= _FRIDAY, notice=notice)


def _days(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)
