import asyncio

import pytest
from psycopg.errors import SerializationFailure
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from structlog.testing import capture_logs

from govproject.repeating import one_after_another, repeat

AWAY = PoolTimeoutError("busy")
CONTENDED = OperationalError("UPDATE", {}, SerializationFailure())
OTHER = OperationalError("SELECT", {}, Exception("no such table"))


@pytest.fixture
def ends():
    """How each piece of work ends, first to last."""
    return []


@pytest.fixture
def do_next(ends):
    def do_next():
        end = ends.pop(0)
        if isinstance(end, Exception):
            raise end
        return end

    return do_next


@pytest.fixture
def pauses(ends, monkeypatch):
    """How long was paused after each; once nothing is left to be done, it is cancelled."""
    asked = []

    async def sleep(seconds):
        asked.append(seconds)
        if not ends:
            raise asyncio.CancelledError

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return asked


async def test_a_step_says_how_long_to_pause(ends, do_next, pauses):
    async def step():
        return do_next()

    ends += [0.0, 2.5, AWAY, 1.0]
    with pytest.raises(asyncio.CancelledError):
        await repeat(step, "work")
    assert pauses == [0.0, 2.5, 5.0, 1.0]


async def test_one_is_done_after_another_and_looked_for_later(ends, do_next, pauses):
    ends += [True, True, False, True]
    with pytest.raises(asyncio.CancelledError):
        await one_after_another(do_next, look_seconds=3600.0, work="work")
    assert pauses == [0.0, 0.0, 3600.0, 0.0]


@pytest.mark.parametrize("error", [AWAY, CONTENDED], ids=["away", "contended"])
async def test_a_database_that_is_away_or_busy_is_waited_for(ends, do_next, pauses, error):
    ends += [error, False]
    with capture_logs() as logged, pytest.raises(asyncio.CancelledError):
        await one_after_another(do_next, look_seconds=0.5, work="cloud work")
    assert pauses == [5.0, 0.5]
    assert [line["work"] for line in logged] == ["cloud work"]


async def test_any_other_error_ends_it(ends, do_next, pauses):
    ends += [OTHER, False]
    with pytest.raises(OperationalError):
        await one_after_another(do_next, look_seconds=0.5, work="work")
    assert pauses == []
