"""The background task that opens duties for what an older build took in."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from govproject_archive import opening
from govproject_archive.handlers import material_duties

ONE, OTHER = UUID(int=1), UUID(int=2)


@pytest.fixture
def run(archive, monkeypatch):
    """Run it on looks that end as told; where each began, and how long it paused after it."""

    def run(*ends: object):
        left, began, pauses = list(ends), [], []

        def settle_next(_, after):
            began.append(after)
            end = left.pop(0)
            if isinstance(end, Exception):
                raise end
            return end

        async def sleep(seconds):
            pauses.append(seconds)
            if not left:
                raise asyncio.CancelledError

        monkeypatch.setattr(material_duties, "settle_next", settle_next)
        monkeypatch.setattr(asyncio, "sleep", sleep)
        with pytest.raises(asyncio.CancelledError):
            asyncio.run(opening.run(archive.runtime.surroundings()))
        return began, pauses

    return run


def test_it_goes_through_all_projects_and_begins_anew_within_the_hour(run):
    assert run(ONE, OTHER, None, ONE) == ([None, ONE, OTHER, None], [0.0, 0.0, 3600.0, 0.0])


def test_a_database_that_is_away_is_waited_for_at_the_same_project(run):
    assert run(ONE, PoolTimeoutError("busy"), None) == ([None, ONE, ONE], [0.0, 5.0, 3600.0])
