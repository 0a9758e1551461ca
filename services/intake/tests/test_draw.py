"""The draw of a spot check: anyone can repeat it (Art 29)."""

from collections import Counter
from hashlib import sha256
from uuid import UUID

from govproject_intake.draw import sample

POPULATION = [UUID(int=number) for number in range(1, 41)]


def test_the_draw_can_be_repeated_by_its_record_alone():
    drawn = sample(POPULATION, "5eed", 10)
    assert drawn == sample(reversed(POPULATION), "5eed", 10)
    by_hand = {sha256(f"5eed:{project}".encode()).hexdigest(): project for project in POPULATION}
    assert drawn == [by_hand[place] for place in sorted(by_hand)[:10]]


def test_a_larger_draw_begins_with_the_smaller():
    assert sample(POPULATION, "5eed", 20)[:10] == sample(POPULATION, "5eed", 10)
    assert sorted(sample(POPULATION, "5eed", 40)) == POPULATION
    assert sample([], "5eed", 3) == []


def test_everybody_is_drawn_about_equally_often():
    drawn = Counter(
        project for seed in range(1000) for project in sample(POPULATION, f"{seed}", 10)
    )
    assert len(drawn) == len(POPULATION)
    # 250 each on average; five standard deviations (√(1000·¼·¾) ≈ 13.7) either way.
    assert all(180 < times < 320 for times in drawn.values())
