"""What is due soon or overdue is said once: by replicas at once, and after a restart."""

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from functools import partial
from threading import Barrier
from types import SimpleNamespace
from uuid import UUID

import pytest
from sqlmodel import select

from govproject import calendar
from govproject.clock import SHANGHAI
from govproject.contracts.review import OBLIGATIONS
from govproject.ids import new_id
from govproject.messaging import outbox
from govproject.obligations import reminding
from govproject.obligations.rescheduling import reschedule
from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject.persistence.tables import Obligation
from govproject.regulation.periods import Period
from govproject.testing import published

NOTICE = "国办发明电〔2026〕7号"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.peer("postgresql"))])
def url(request, tmp_path):
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_url")
    return f"sqlite:///{tmp_path}/duties.db"


@pytest.fixture
def db(url):
    db = Database(url)
    migrate.upgrade(db)
    yield db
    db.dispose()


def at(day):
    return datetime(day.year, day.month, day.day, 0, 5, tzinfo=SHANGHAI)


def owe(db, period, project=1, **changes: object):
    """An open duty, as a service opens it on the first day of its period."""
    with db.write() as session:
        due = None if period is None else period.due(calendar.table(session))
        values = {
            "id": new_id(),
            "project_id": UUID(int=project),
            "unit": "亭湖区教育局",
            "rule": "filing_form_10_workdays",
            "article": "11",
            "quote": "立项后10个工作日内",
            "task": "报送备案表",
            "period": period,
            "due_on": due and due.day,
            "due_provisional": due is not None and due.provisional,
            "runs_until_due": False,
            "opened_at": at(date(2026, 8, 3)),
        }
        session.add(duty := Obligation(**values | changes))
    return duty


def look(db, day):
    """One pass of the worker on a day; the names of what it said."""
    before = len(published(db))
    while reminding.notice_next(db, OBLIGATIONS, at(day)):
        pass
    return [event.name for event in published(db)[before:]]


def import_2027(db, day):
    """The notice for 2027 is out: New Year's Day is off, the Saturday after it is worked."""
    first = date(2027, 1, 1)
    days = [first + timedelta(days=n) for n in range(365)]
    table = {each: each.isoweekday() <= 5 for each in days} | {first: False, date(2027, 1, 9): True}
    with db.write() as session:
        calendar.keep(
            session, table.items(), notice=NOTICE, imported_by="bureau", imported_at=at(day)
        )
        reschedule(session, partial(outbox.append, now=at(day)), OBLIGATIONS)


FORM = Period.of_working_days(date(2026, 8, 3), 10)  # due on 17 August
YEAR_END = Period.of_working_days(date(2026, 12, 25), 10)  # due on 8 January, as far as is known


def test_near_a_week_before_and_overdue_the_day_after(db):
    owe(db, FORM)
    said = {day: look(db, date(2026, 8, day)) for day in (9, 10, 11, 17, 18, 19)}
    assert said == {
        9: [],
        10: ["obligation.near"],
        11: [],
        17: [],
        18: ["obligation.overdue"],
        19: [],
    }
    near, overdue = published(db)
    assert (near.due_on, near.due_provisional) == (date(2026, 8, 17), False)
    assert (overdue.due_on, overdue.noticed_on) == (date(2026, 8, 17), date(2026, 8, 18))


@pytest.mark.parametrize(
    ("period", "changes", "said"),
    [
        (None, {}, []),
        (FORM, {"closed_at": at(date(2026, 8, 5))}, []),
        # First seen when it is late already: near would be no news.
        (FORM, {}, ["obligation.overdue"]),
        # A period that runs out is not late.
        (FORM, {"runs_until_due": True}, []),
        # An estimate reminds and is never overdue.
        (FORM, {"due_provisional": True}, ["obligation.near"]),
    ],
)
def test_what_is_said_long_after(db, period, changes, said):
    owe(db, period, **changes)
    assert look(db, date(2027, 8, 3)) == said
    assert look(db, date(2027, 8, 4)) == []


def test_the_end_of_free_maintenance_is_near_and_never_overdue(db):
    owe(db, FORM, runs_until_due=True)
    assert look(db, date(2026, 8, 17)) == ["obligation.near"]
    assert look(db, date(2026, 8, 18)) == []


def test_a_provisional_day_is_computed_again_once_the_notice_is_out(db):
    owe(db, YEAR_END)
    assert look(db, date(2027, 1, 2)) == ["obligation.near"]
    # The estimate is over and nobody is late by it.
    assert look(db, date(2027, 1, 9)) == []
    import_2027(db, date(2027, 1, 9))
    moved = published(db)[-1]
    assert (moved.previous_due_on, moved.due_on, moved.due_provisional) == (
        date(2027, 1, 8),
        date(2027, 1, 9),
        False,
    )
    assert look(db, date(2027, 1, 9)) == []
    assert look(db, date(2027, 1, 10)) == ["obligation.overdue"]
    assert [event.name for event in published(db)] == [
        "obligation.near",
        "obligation.rescheduled",
        "obligation.overdue",
    ]


def test_only_open_and_provisional_days_are_computed_again(db):
    owe(db, YEAR_END, project=1)
    owe(db, YEAR_END, project=2, closed_at=at(date(2026, 12, 28)))
    owe(db, FORM, project=3)
    further = owe(db, Period.of_months(date(2027, 3, 1), 12), project=4)  # into 2028
    import_2027(db, date(2026, 12, 20))
    assert [event.project_id for event in published(db)] == [UUID(int=1)]
    with db.read() as session:
        assert session.get_one(Obligation, further.id).due_provisional
    import_2027(db, date(2026, 12, 21))
    assert len(published(db)) == 1


def test_two_workers_at_once_say_everything_once(url, db):
    for project in range(20):
        owe(db, FORM, project=project % 3)
    start = Barrier(2)

    def work(_):
        replica = Database(url)
        start.wait()
        said = 0
        for day in (date(2026, 8, 12), date(2026, 8, 18)):
            while reminding.notice_next(replica, OBLIGATIONS, at(day)):
                said += 1
        replica.dispose()
        return said

    with ThreadPoolExecutor(2) as replicas:
        said = sum(replicas.map(work, range(2)))
    # One replica may have come to the 18th first: what is late by then is not said to be near.
    counted = Counter((event.name, event.obligation_id) for event in published(db))
    assert set(counted.values()) == {1}
    assert len(counted) == said
    assert sum(name == "obligation.overdue" for name, _ in counted) == 20


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_the_worker_looks_at_its_start_and_again_after_a_restart(db, monkeypatch):
    pauses = []

    async def sleep(seconds):
        pauses.append(seconds)
        if seconds:
            raise asyncio.CancelledError

    monkeypatch.setattr(asyncio, "sleep", sleep)
    owe(db, FORM, project=1)
    owe(db, YEAR_END, project=2)
    run = reminding.worker(OBLIGATIONS)
    surroundings = SimpleNamespace(db=db, clock=lambda: at(date(2026, 8, 12)))
    for _ in range(2):
        with pytest.raises(asyncio.CancelledError):
            await run(surroundings)
    assert pauses == [0.0, 3600.0, 3600.0]
    assert [event.name for event in published(db)] == ["obligation.near"]


def test_a_library_that_knows_another_year_makes_days_certain_at_the_start(db, monkeypatch):
    owe(db, YEAR_END)
    monkeypatch.setattr(
        "govproject.regulation.periods.is_working_day", lambda day, _: day.isoweekday() <= 5
    )
    reminding.recompute(db, OBLIGATIONS, at(date(2026, 12, 28)))
    (event,) = published(db)
    assert (event.due_on, event.due_provisional) == (date(2027, 1, 8), False)


def test_the_last_notice_on_a_day_counts(db):
    day = date(2027, 1, 1)
    for is_working in (True, False):
        with db.write() as session:
            calendar.keep(
                session,
                [(day, is_working)],
                notice=f"{is_working}",
                imported_by="bureau",
                imported_at=at(day),
            )
    with db.read() as session:
        assert calendar.table(session) == {day: False}
        assert calendar.announced(session, 2027)[day].notice == "False"
        assert session.exec(select(Obligation)).all() == []
