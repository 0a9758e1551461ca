"""Each named failure, played on real programs, and what the account of it has to notice."""

import os
from collections import Counter
from uuid import UUID

import pytest

from govproject.errors import PrerequisiteError
from govproject_local.chaos.scenarios import SCENARIOS, run_all
from govproject_local.chaos.scenarios.books import Books
from govproject_local.hosted import ALL

SEED = 20261124
# Short enough to be played whenever the tests run.
ALWAYS = {"deliveries-shuffled", "wrong-clock"}
PROJECT = UUID(int=7)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
async def test_nothing_is_lost_doubled_or_reordered(scenario, broker, tmp_path):
    if scenario.name not in ALWAYS and ALL not in os.environ:
        pytest.skip("optional: takes a while (./govproject test --all)")
    result = await scenario(tmp_path, SEED, broker)
    if result.skipped is not None:
        pytest.skip(f"optional: {result.skipped}")
    assert result.passed, result
    assert (result.lost, result.duplicated, result.reordered) == (0, 0, 0)


def books(told=(), committed=(), applied=()):
    def numbers(values):
        return [(PROJECT, number) for number in values]

    return Books(
        told=frozenset(numbers(told)),
        committed=Counter(numbers(committed)),
        unpublished=0,
        applied=tuple(numbers(applied)),
        kept={},
    )


@pytest.mark.parametrize(
    ("on_record", "lost", "duplicated", "reordered"),
    [
        (books(committed=[1, 2], applied=[1, 2]), 0, 0, 0),
        (books(committed=[1, 2, 3], applied=[1, 3]), 1, 0, 0),
        (books(committed=[1, 2], applied=[1, 2, 2, 2]), 0, 2, 0),
        (books(committed=[1, 2, 3], applied=[1, 3, 2]), 0, 0, 1),
        # Reported as committed, and gone from the database and from the consumer.
        (books(told=[1, 2], committed=[1], applied=[1]), 1, 0, 0),
        # The answer got lost, and the commit did not.
        (books(told=[1], committed=[1, 2], applied=[1, 2]), 0, 0, 0),
    ],
)
def test_the_books_show_what_is_wrong(on_record, lost, duplicated, reordered):
    assert (on_record.lost, on_record.duplicated, on_record.reordered) == (
        lost,
        duplicated,
        reordered,
    )


async def test_an_unknown_scenario_is_named(tmp_path):
    with pytest.raises(PrerequisiteError, match="no scenario earthquake: there are broker-killed"):
        await run_all(tmp_path, SEED, ["earthquake"])
