import pytest

from govproject import ApprovalFacts, PreReviewFacts
from govproject_review.rules.article_03_registration import (
    pre_review_in_city_system,
    register_in_city_system,
)


@pytest.mark.parametrize(
    ("rule", "facts"),
    [(pre_review_in_city_system, PreReviewFacts), (register_in_city_system, ApprovalFacts)],
)
@pytest.mark.parametrize(("reference", "blocks"), [("320902-2026-0001", False), (None, True)])
def test_registration(finds, rule, facts, reference, blocks):
    found = finds(rule, facts.example(city_system_ref=reference))
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * blocks
