import pytest

from govproject import ApprovalFacts
from govproject_review.rules.article_25_results import (
    poor_no_related_approval,
    related_knowledge_is_complete,
)


def related(*results: tuple[str, str], confirmed: bool = True) -> dict[str, object]:
    return {
        "project_name": "智慧校园",
        "results": [{"grade": grade, "evaluated_on": day} for grade, day in results],
        "confirmed": confirmed,
    }


@pytest.mark.parametrize(
    ("results", "blocks"),
    [
        ([], False),
        ([("poor", "2025-01-01")], True),
        ([("poor", "2025-12-31")], True),
        ([("poor", "2024-12-31")], False),
        ([("poor", "2026-01-01")], False),
        ([("excellent", "2025-12-31")], False),
        ([("qualified", "2025-12-31")], False),
        ([("poor", "2025-03-01"), ("qualified", "2025-09-01")], False),
        # As they are told: later results stand behind earlier ones, whatever their day.
        ([("qualified", "2025-09-01"), ("poor", "2025-03-01")], False),
        ([("poor", "2025-06-30"), ("excellent", "2026-02-01")], True),
    ],
)
@pytest.mark.parametrize("confirmed", [True, False])
def test_poor_no_related_approval(finds, results, blocks, confirmed):
    facts = ApprovalFacts.example(related=[related(*results, confirmed=confirmed)])
    found = finds(poor_no_related_approval, facts)
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * blocks
    assert all("区数据局" in f.remedy for f in found if not confirmed)


@pytest.mark.parametrize(
    ("plan_year", "adopted", "found"),
    [
        (2026, None, ["block"]),
        (2027, None, []),
        (None, 2026, ["block", "warn"]),
        (None, 2027, ["warn"]),
        # Neither is known: it is today's year, of 2026.
        (None, None, ["block", "warn"]),
    ],
)
def test_which_year_is_barred(finds, plan_year, adopted, found):
    facts = ApprovalFacts.example(
        plan_year=plan_year,
        plan_year_adopted=adopted,
        related=[related(), related(("poor", "2025-06-30"))],
    )
    assert [f.severity for f in finds(poor_no_related_approval, facts)] == found


@pytest.mark.parametrize(("waiting", "blocks"), [(0, False), (1, True), (7, True)])
def test_related_knowledge_is_complete(finds, waiting, blocks):
    facts = ApprovalFacts.example(related_backlog=waiting)
    found = finds(related_knowledge_is_complete, facts)
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * blocks
