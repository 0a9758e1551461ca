"""Real runs: what is killed loses nothing, and a planted mistake is found."""

import os

import pytest

from govproject.errors import PrerequisiteError
from govproject_local import chaos, postgres
from govproject_local.hosted import ALL

pytestmark = [
    pytest.mark.peer("rabbitmq"),
    pytest.mark.skipif(ALL not in os.environ, reason="optional: takes minutes; --all runs it"),
]


@pytest.fixture
def server():
    try:
        return postgres.find(may_fetch=True)
    except PrerequisiteError as error:
        pytest.skip(str(error))


async def run(database, *, kills=12, transactions=300, mutant=None):
    said = []
    outcome = await chaos.run(chaos.Asked(11, kills, transactions, database, mutant), said.append)
    return outcome.as_json() | {"said": said}


async def test_nothing_is_lost_on_sqlite():
    found = await run("sqlite")
    assert found["held"], found


@pytest.mark.peer("postgresql")
async def test_nothing_is_lost_on_postgresql(server):
    found = await run("postgresql")
    assert found["held"], found


@pytest.mark.parametrize("name", chaos.MUTANTS)
async def test_a_mutant_is_caught(name):
    found = await run("sqlite", kills=1, transactions=60, mutant=name)
    mutant = chaos.MUTANTS[name]
    assert found["kills_by_manner"] == {mutant.window: 1}
    assert found[mutant.finding] > 0, found
    assert not found["held"]
