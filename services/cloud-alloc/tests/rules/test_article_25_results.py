import pytest

from govproject import AllocationFacts
from govproject_cloud_alloc.rules.article_25_results import poor_no_related_resources

FILED = {"track": "filing", "approval_number": None, "filing_status": "submitted"}


def related(grade: str, day: str, *, confirmed: bool = True) -> dict[str, object]:
    return {
        "project_name": "智慧校园",
        "results": [{"grade": grade, "evaluated_on": day}],
        "confirmed": confirmed,
    }


@pytest.mark.parametrize("status", ["none", "submitted", "irregular"])
@pytest.mark.parametrize("confirmed", [True, False])
@pytest.mark.parametrize(
    ("grade", "day", "refused"),
    [
        ("poor", "2025-01-01", True),
        ("poor", "2025-12-31", True),
        ("poor", "2024-12-31", False),
        ("poor", "2026-01-01", False),
        ("qualified", "2025-06-30", False),
    ],
)
def test_poor_no_related_resources(status, confirmed, grade, day, refused):
    project = related(grade, day, confirmed=confirmed)
    facts = AllocationFacts.example(**FILED | {"filing_status": status}, related=[project])
    found = poor_no_related_resources(facts)
    assert [(f.article, f.severity, f.relief) for f in found] == [("25", "block", "none")] * refused


@pytest.mark.parametrize(
    "changes",
    [
        {"filing_status": "accepted"},
        {"accepted_before": True, "filing_status": "irregular"},
        {"approval_number": "亭数批〔2026〕12号"},
        {"track": "full_process"},
        {"track": None, "declared": False},
    ],
)
def test_what_is_admitted_or_answers_to_another_article(changes):
    project = related("poor", "2025-06-30")
    facts = AllocationFacts.example(**FILED | changes, related=[project], related_backlog=1)
    assert poor_no_related_resources(facts) == ()


def test_what_is_not_known_is_pointed_out_or_waited_for():
    project = related("poor", "2025-06-30")
    unknown = AllocationFacts.example(**FILED, plan_year=None, related=[project])
    found = poor_no_related_resources(unknown)
    assert [finding.severity for finding in found] == ["block", "warn"]
    waiting = AllocationFacts.example(**FILED, related_backlog=2)
    assert [f.fact for f in poor_no_related_resources(waiting)] == [{"related_backlog": 2}]
