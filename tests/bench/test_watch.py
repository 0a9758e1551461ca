import asyncio
import sqlite3

import pytest

from govproject_local.bench import watch
from govproject_local.bench.watch import EFFECTS, Watch, until


@pytest.fixture
def effects(tmp_path):
    there = sqlite3.connect(tmp_path / "service.db", isolation_level=None)
    there.execute("CREATE TABLE effect (id INTEGER PRIMARY KEY)")

    def add(count: int) -> None:
        there.execute("BEGIN")
        there.executemany("INSERT INTO effect VALUES (NULL)", [()] * count)
        there.execute("COMMIT")

    yield add
    there.close()


@pytest.fixture
def look(effects, tmp_path):
    looking = Watch(f"sqlite:///{tmp_path}/service.db")
    yield looking
    looking.close()


async def test_what_the_first_commit_held_does_not_count(effects, look):
    measuring = asyncio.create_task(until(look, EFFECTS, 0, 10))
    await asyncio.sleep(0.05)
    effects(4)
    await asyncio.sleep(0.05)
    effects(6)

    measured = await measuring

    assert measured.messages == 6
    assert measured.seconds > 0
    assert measured.rate == measured.messages / measured.seconds


async def test_a_row_that_ran_ahead_of_others_does_not_end_it(effects, look):
    quick_runs_ahead = EFFECTS._replace(quick="SELECT 10")
    effects(4)
    measuring = asyncio.create_task(until(look, quick_runs_ahead, 0, 10))
    await asyncio.sleep(0.05)
    assert not measuring.done()
    effects(6)

    assert (await measuring).messages == 6


async def test_all_at_one_stroke_is_no_measurement(effects, look):
    effects(10)

    with pytest.raises(watch.StandstillError, match="too few"):
        await until(look, EFFECTS, 0, 10)


async def test_a_standstill_is_an_error(effects, look, monkeypatch):
    monkeypatch.setattr(watch, "_PATIENCE_SECONDS", 0.02)
    effects(3)

    with pytest.raises(watch.StandstillError, match="3 of 10"):
        await until(look, EFFECTS, 0, 10)
