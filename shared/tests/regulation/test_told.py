"""What is said of incomplete and of old knowledge."""

import pytest

from govproject.facts.base import ToldFacts
from govproject.regulation.told import incomplete, outdated


@pytest.mark.parametrize(("waiting", "found"), [(0, []), (1, [{"backlog": 1}])])
def test_incomplete(waiting, found):
    assert [finding.fact for finding in incomplete(waiting, "无法确认")] == found


@pytest.mark.parametrize(
    ("age", "blocks"), [(0, False), (60, False), (61, True), (None, True)], ids=str
)
def test_outdated(age, blocks):
    facts = ToldFacts.example(knowledge_age_minutes=age, knowledge_max_age_minutes=60)
    found = list(outdated(facts, "暂不予分配"))
    assert [finding.severity for finding in found] == ["block"] * blocks
    assert all(finding.message.endswith("暂不予分配。") for finding in found)
