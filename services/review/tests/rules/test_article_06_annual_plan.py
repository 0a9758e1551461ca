import pytest

from govproject import ApprovalFacts, TenderFacts
from govproject_review.rules.article_06_annual_plan import (
    no_build_before_approval,
    not_in_plan_not_approved,
)


@pytest.mark.parametrize(("year", "blocks"), [(2026, False), (2027, False), (None, True)])
def test_not_in_plan_not_approved(finds, year, blocks):
    found = finds(not_in_plan_not_approved, ApprovalFacts.example(plan_year_adopted=year))
    assert [(f.severity, f.relief) for f in found] == [("block", "exception")] * blocks


@pytest.mark.parametrize(
    ("track", "approved", "filing_status", "found"),
    [
        ("full_process", True, "none", []),
        ("full_process", False, "accepted", ["block"]),
        ("filing", False, "none", ["block"]),
        ("filing", True, "none", ["block"]),
        ("filing", False, "irregular", ["block"]),
        ("filing", False, "submitted", []),
        ("filing", False, "accepted", []),
        ("filing", False, None, ["warn"]),
    ],
)
def test_no_build_before_approval(finds, track, approved, filing_status, found):
    facts = TenderFacts.example(track=track, approved=approved, filing_status=filing_status)
    assert [f.severity for f in finds(no_build_before_approval, facts)] == found
