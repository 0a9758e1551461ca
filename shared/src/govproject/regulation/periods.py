"""Periods by law: calendar months (民法典第202条) and working days with make-up days (调休).

Working days come from the State Council's yearly notices. A year whose notice is not out yet
makes a due date provisional: it is an estimate to be recomputed, never silently Mon-Fri.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple, Self

import chinese_calendar
from pydantic import BaseModel, ConfigDict, Field, model_validator

_FRIDAY = 5


class DueOn(NamedTuple):
    """A due date; `provisional` while a year it reaches into has no published calendar."""

    day: date
    provisional: bool


def add_months(start: date, months: int) -> date:
    """The corresponding day, or the month's last day where there is none (民法典第202条).

    >>> add_months(date(2025, 11, 30), 3)
    datetime.date(2026, 2, 28)
    >>> add_months(date(2026, 3, 15), 24)
    datetime.date(2028, 3, 15)
    """
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def is_working_day(day: date, table: Mapping[date, bool] | None = None) -> bool | None:
    """Whether people work that day; None when the year's notice is not known.

    `table` holds imported days and wins over the built-in calendar.

    >>> is_working_day(date(2026, 2, 14))  # a Saturday worked in exchange for the Spring Festival
    True
    >>> is_working_day(date(2027, 3, 1)) is None
    True
    """
    if table and day in table:
        return table[day]
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def after_working_days(start: date, count: int, table: Mapping[date, bool] | None = None) -> DueOn:
    """The `count`-th working day after `start`, which is not counted (民法典第201条).

    >>> after_working_days(date(2026, 2, 10), 10)
    DueOn(day=datetime.date(2026, 3, 2), provisional=False)
    >>> after_working_days(date(2026, 12, 25), 10).provisional
    True
    """
    day, left, provisional = start, count, False
    while left:
        day += timedelta(days=1)
        working = is_working_day(day, table)
        if working is None:
            provisional, working = True, day.isoweekday() <= _FRIDAY
        left -= working
    return DueOn(day, provisional)


def rolled(day: date, table: Mapping[date, bool] | None = None) -> DueOn:
    """The day itself, or the next working day when it is a day off (民法典第203条).

    >>> rolled(date(2026, 10, 1)).day
    datetime.date(2026, 10, 8)
    """
    provisional = False
    while (working := is_working_day(day, table)) is not True:
        if working is None:
            provisional = True
            if day.isoweekday() <= _FRIDAY:
                break
        day += timedelta(days=1)
    return DueOn(day, provisional)


class Period(BaseModel):
    """What a due date is computed from: kept beside it, so that it can be computed again.

    >>> Period.of_months(date(2026, 9, 1), 1).due().day  # 1 October is a holiday
    datetime.date(2026, 10, 8)
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: date
    """The day from which it is counted, itself not counted (民法典第201条)."""
    months: int | None = Field(default=None, ge=0)
    """Calendar months; None when working days are counted."""
    working_days: int | None = Field(default=None, ge=0)
    rolls: bool = True
    """Whether a last day off moves to the next working day (民法典第203条)."""

    @classmethod
    def of_months(cls, start: date, months: int, *, rolls: bool = True) -> Self:
        """So many calendar months."""
        return cls(start=start, months=months, rolls=rolls)

    @classmethod
    def of_working_days(cls, start: date, count: int) -> Self:
        """So many working days; it ends on one."""
        return cls(start=start, working_days=count, rolls=False)

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if (self.months is None) == (self.working_days is None):
            raise ValueError("a period has either months or working days")
        return self

    def due(self, table: Mapping[date, bool] | None = None) -> DueOn:
        """The last day, as far as the calendar is known.

        >>> Period.of_working_days(date(2026, 12, 25), 10).due()
        DueOn(day=datetime.date(2027, 1, 8), provisional=True)
        """
        last = DueOn(self.start, provisional=False)
        if self.working_days is not None:
            last = after_working_days(self.start, self.working_days, table)
        elif self.months is not None:
            last = last._replace(day=add_months(self.start, self.months))
        if not self.rolls:
            return last
        day, provisional = rolled(last.day, table)
        return DueOn(day, last.provisional or provisional)
