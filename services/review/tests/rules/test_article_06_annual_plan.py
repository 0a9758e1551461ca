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
    ("track", "approved", "found"),
    [("full_process", True, 0), ("full_process", False, 1), ("filing", False, 0)],
)
def test_no_build_before_approval(finds, track, approved, found):
    facts = TenderFacts.example(track=track, approved=approved)
    assert len(finds(no_build_before_approval, facts)) == found
