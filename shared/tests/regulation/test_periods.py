"""Calendar months, working days with make-up days, and years whose calendar is not out yet."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from govproject.regulation.periods import (
    DueOn,
    Period,
    add_months,
    after_working_days,
    is_working_day,
    rolled,
)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 3, 15), 1, date(2026, 4, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 12, 31), 24, date(2028, 12, 31)),
        (date(2026, 7, 3), 0, date(2026, 7, 3)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_last_of_the_month(start, months, end):
    assert add_months(start, months) == end


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 8, 3), True),
        (date(2026, 8, 1), False),
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 2, 14), True),  # a Saturday
        (date(2026, 2, 16), False),  # a Monday
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), None),
        (date(2027, 1, 4), None),
        (date(2003, 12, 31), None),
    ],
)
def test_a_working_day_is_what_the_years_notice_says(day, working):
    assert is_working_day(day) is working


def test_imported_days_win_over_the_calendar_and_fill_in_years_it_does_not_know():
    table = {date(2026, 8, 3): False, date(2027, 1, 4): True, date(2027, 1, 1): False}
    assert is_working_day(date(2026, 8, 3), table) is False
    assert is_working_day(date(2027, 1, 4), table) is True
    assert is_working_day(date(2027, 1, 1), table) is False
    assert is_working_day(date(2027, 1, 5), table) is None


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (date(2026, 8, 3), 0, date(2026, 8, 3)),
        (date(2026, 8, 3), 1, date(2026, 8, 4)),
        (date(2026, 8, 7), 1, date(2026, 8, 10)),  # over a weekend
        (date(2026, 8, 8), 1, date(2026, 8, 10)),  # from a Saturday
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # over the National Day holidays
        (date(2026, 10, 8), 2, date(2026, 10, 10)),  # a Saturday worked in exchange
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 10), 10, date(2026, 3, 2)),
    ],
)
def test_working_days_are_counted_from_the_day_after(start, count, due):
    assert after_working_days(start, count) == DueOn(due, provisional=False)


def test_a_due_date_in_a_year_without_a_calendar_is_provisional():
    assert after_working_days(date(2026, 12, 30), 1) == DueOn(date(2026, 12, 31), provisional=False)
    assert after_working_days(date(2026, 12, 31), 1) == DueOn(date(2027, 1, 1), provisional=True)
    # An estimate that at least skips weekends.
    assert after_working_days(date(2027, 1, 8), 1) == DueOn(date(2027, 1, 11), provisional=True)


def test_an_imported_year_makes_the_due_date_certain():
    table = {date(2027, 1, 1) + timedelta(days=n): n >= 3 for n in range(10)}
    assert after_working_days(date(2026, 12, 31), 1, table) == DueOn(
        date(2027, 1, 4), provisional=False
    )


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 8, 3), DueOn(date(2026, 8, 3), provisional=False)),
        (date(2026, 8, 1), DueOn(date(2026, 8, 3), provisional=False)),
        (date(2026, 10, 1), DueOn(date(2026, 10, 8), provisional=False)),
        (date(2026, 10, 10), DueOn(date(2026, 10, 10), provisional=False)),
        (date(2027, 3, 1), DueOn(date(2027, 3, 1), provisional=True)),
        (date(2027, 3, 6), DueOn(date(2027, 3, 8), provisional=True)),
    ],
)
def test_a_last_day_off_is_rolled_to_the_next_working_day(day, due):
    assert rolled(day) == due


def test_rolling_follows_the_imported_days():
    assert rolled(date(2026, 8, 3), {date(2026, 8, 3): False}).day == date(2026, 8, 4)


YEAR_2027 = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
# The first three days are off, and the Saturday after them is worked.
NOTICE_2027 = {day: day.isoweekday() <= 5 for day in YEAR_2027} | {
    date(2027, 1, 1): False,
    date(2027, 1, 9): True,
}


@pytest.mark.parametrize(
    ("period", "known", "announced"),
    [
        # Ends of months and leap days.
        (
            Period.of_months(date(2026, 1, 31), 1),
            (date(2026, 2, 28), False),
            (date(2026, 2, 28), False),
        ),
        (
            Period.of_months(date(2028, 2, 29), 12, rolls=False),
            (date(2029, 2, 28), False),
            (date(2029, 2, 28), False),
        ),
        # A Saturday worked in exchange, and one that is not.
        (
            Period.of_months(date(2026, 1, 14), 1),
            (date(2026, 2, 14), False),
            (date(2026, 2, 14), False),
        ),
        (
            Period.of_months(date(2026, 7, 8), 1),
            (date(2026, 8, 10), False),
            (date(2026, 8, 10), False),
        ),
        # 2027 before and after its notice is out.
        (
            Period.of_working_days(date(2026, 12, 25), 10),
            (date(2027, 1, 8), True),
            (date(2027, 1, 9), False),
        ),
        (
            Period.of_months(date(2026, 12, 9), 1),
            (date(2027, 1, 11), True),
            (date(2027, 1, 9), False),
        ),
        (
            Period.of_months(date(2026, 12, 1), 1),
            (date(2027, 1, 1), True),
            (date(2027, 1, 4), False),
        ),
        # Nothing rolls, so nothing is open.
        (
            Period.of_months(date(2026, 12, 1), 1, rolls=False),
            (date(2027, 1, 1), False),
            (date(2027, 1, 1), False),
        ),
    ],
)
def test_a_period_is_computed_again_from_what_was_announced(period, known, announced):
    again = Period.model_validate_json(period.model_dump_json())
    assert again == period
    assert again.due() == known
    assert again.due(NOTICE_2027) == announced


@pytest.mark.parametrize("units", [{}, {"months": 1, "working_days": 10}, {"months": -1}])
def test_a_period_has_one_unit(units):
    with pytest.raises(ValidationError):
        Period(start=date(2026, 8, 3), **units)
