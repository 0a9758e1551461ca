import pytest

from govproject import PreReviewFacts
from govproject_review.rules.article_03_pre_review import register_in_city_system


@pytest.mark.parametrize(("reference", "blocks"), [("320902-2026-0001", False), (None, True)])
def test_register_in_city_system(finds, reference, blocks):
    found = finds(register_in_city_system, PreReviewFacts.example(city_system_ref=reference))
    assert [f.severity for f in found] == ["block"] * blocks
    assert [f.relief for f in found] == ["none"] * blocks
