import pytest

from govproject_acceptance.rules.article_28_knowledge import (
    acceptance_knowledge_is_complete,
    acceptance_knowledge_is_current,
)


@pytest.mark.parametrize(
    ("stage", "backlog", "found"),
    [
        ("preliminary", 0, []),
        ("preliminary", 1, ["block"]),
        ("lot", 1, ["block"]),
        ("final", 2, ["block"]),
        ("final", 0, []),
        ("kick_off", 1, []),
        ("trial", 1, []),
    ],
)
def test_acceptance_knowledge_is_complete(severities, stage, backlog, found):
    facts = {"stage": stage, "backlog": backlog}
    assert severities(acceptance_knowledge_is_complete, **facts) == found


@pytest.mark.parametrize(
    ("stage", "age", "limit", "found"),
    [
        ("preliminary", 1440, 1440, []),
        ("preliminary", 1441, 1440, ["block"]),
        ("lot", 1441, 1440, ["block"]),
        ("final", None, 1440, ["block"]),
        ("final", 61, 60, ["block"]),
        ("final", 0, 60, []),
        ("trial", None, 1440, []),
    ],
)
def test_acceptance_knowledge_is_current(severities, stage, age, limit, found):
    facts = {"stage": stage, "knowledge_age_minutes": age, "knowledge_max_age_minutes": limit}
    assert severities(acceptance_knowledge_is_current, **facts) == found
