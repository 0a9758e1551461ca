"""The background task that lets the cloud work."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from psycopg.errors import SerializationFailure
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from govproject_cloud_alloc import worker
from govproject_cloud_alloc.app import SERVICE


@dataclass
class Queue:
    """Stands in for the queue of cloud work: each call ends as told, the last one for ever."""

    ends: list[bool | Exception]
    calls: int = 0

    def do_next(self, db: object, provider: object, now: object) -> bool:
        end = self.ends[min(self.calls, len(self.ends) - 1)]
        self.calls += 1
        if isinstance(end, Exception):
            raise end
        return end


@pytest.fixture
def pauses(monkeypatch):
    """How long the worker wanted to wait; it is cancelled when it has waited enough."""
    asked: list[float] = []
    pause = asyncio.sleep

    async def record(seconds: float) -> None:
        asked.append(seconds)
        if len(asked) == 4:
            raise asyncio.CancelledError
        await pause(0)

    monkeypatch.setattr(asyncio, "sleep", record)
    return asked


@pytest.fixture
def run(gate, monkeypatch) -> Callable[[list[bool | Exception]], Queue]:
    def run(ends: list[bool | Exception]) -> Queue:
        queue = Queue(ends)
        monkeypatch.setattr(worker.cloud, "do_next", queue.do_next)
        asyncio.run(worker.run(gate.runtime.surroundings()))
        return queue

    return run


def test_work_is_done_without_a_pause_and_waited_for_when_there_is_none(run, pauses):
    with pytest.raises(asyncio.CancelledError):
        run([True, True, False])
    assert pauses == [0.0, 0.0, 0.5, 0.5]


@pytest.mark.parametrize(
    "error",
    [PoolTimeoutError("busy"), OperationalError("UPDATE", {}, SerializationFailure())],
    ids=["away", "contended"],
)
def test_a_database_that_is_away_or_busy_is_waited_for(run, pauses, error):
    with pytest.raises(asyncio.CancelledError):
        run([error, True, False])
    assert pauses == [5.0, 0.0, 0.5, 0.5]


def test_any_other_error_ends_the_worker(run, pauses):
    with pytest.raises(OperationalError):
        run([OperationalError("SELECT", {}, Exception("no such table"))])
    assert pauses == []


def test_duties_are_looked_for_every_hour(gate, pauses, monkeypatch):
    queue = Queue([True, PoolTimeoutError("busy"), False])
    monkeypatch.setattr(worker.obligations, "keep_next", lambda given: queue.do_next(*[given] * 3))
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(worker.keep_duties(gate.runtime.surroundings()))
    assert pauses == [0.0, 5.0, 3600.0, 3600.0]


def test_the_service_runs_them_and_points_out_what_is_due():
    cloud, duties, reminders = SERVICE.workers
    assert (cloud, duties) == (worker.run, worker.keep_duties)
    assert reminders.__qualname__.startswith("worker.")
