import pytest

from govproject import ApprovalFacts
from govproject_review.rules.article_06_annual_plan import not_in_plan_not_approved


@pytest.mark.parametrize(("year", "blocks"), [(2026, False), (2027, False), (None, True)])
def test_not_in_plan_not_approved(finds, year, blocks):
    found = finds(not_in_plan_not_approved, ApprovalFacts.example(plan_year_adopted=year))
    assert [(f.severity, f.relief) for f in found] == [("block", "exception")] * blocks
