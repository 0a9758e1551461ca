"""The background task that audits the archive."""

import asyncio

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from govproject.terms import Fixity
from govproject_archive import worker
from govproject_archive.app import SERVICE


@pytest.fixture
def run(archive, monkeypatch):
    """Run the worker on audits that end as told; how long it paused after each."""

    def run(*ends: object):
        left, pauses = list(ends), []

        async def audit_next(_):
            end = left.pop(0)
            if isinstance(end, Exception):
                raise end
            return end

        async def sleep(seconds):
            pauses.append(seconds)
            if not left:
                raise asyncio.CancelledError

        monkeypatch.setattr(worker, "audit_next", audit_next)
        monkeypatch.setattr(asyncio, "sleep", sleep)
        with pytest.raises(asyncio.CancelledError):
            asyncio.run(worker.run(archive.runtime.surroundings()))
        return pauses

    return run


def test_it_goes_on_at_once_and_looks_again_when_nothing_is_due(run):
    assert run(Fixity.INTACT, Fixity.CHANGED, None) == [0.02, 0.02, 10.0]


def test_a_store_that_is_away_is_not_asked_for_file_after_file(run):
    ends = [Fixity.MISSING] * 3 + [Fixity.UNREADABLE] * 5 + [Fixity.INTACT]
    assert run(*ends) == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 0.02]


def test_a_database_that_is_away_is_waited_for(run):
    assert run(PoolTimeoutError("busy"), None) == [5.0, 10.0]


def test_any_other_error_ends_it(archive, monkeypatch):
    async def audit_next(_):
        raise OperationalError("SELECT", {}, Exception("no such table"))

    monkeypatch.setattr(worker, "audit_next", audit_next)
    with pytest.raises(OperationalError):
        asyncio.run(worker.run(archive.runtime.surroundings()))


def test_the_service_runs_it():
    assert worker.run in SERVICE.workers
