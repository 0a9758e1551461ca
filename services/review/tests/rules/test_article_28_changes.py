import pytest

from govproject import ApprovalFacts
from govproject.terms import ChangeAspect
from govproject_review.rules.article_28_changes import (
    approval_within_budget,
    no_approval_before_change_filing,
)


@pytest.mark.parametrize(
    ("amount", "blocks"),
    [("0.01", False), ("1199999.99", False), ("1200000.00", False), ("1200000.01", True)],
)
def test_approval_within_budget(finds, amount, blocks):
    facts = ApprovalFacts.example(budget_yuan="1200000.00", amount_yuan=amount)
    found = finds(approval_within_budget, facts)
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * blocks


@pytest.mark.parametrize(
    ("aspects", "found"),
    [
        ((), []),
        ((ChangeAspect.CONTENT,), ["block"]),
        ((ChangeAspect.SCALE,), ["block"]),
        ((ChangeAspect.AMOUNT, ChangeAspect.RESPONSIBILITY), ["block"]),
        ((ChangeAspect.RESPONSIBILITY,), ["warn"]),
    ],
)
def test_no_approval_before_change_filing(finds, aspects, found):
    facts = ApprovalFacts.example(open_changes=aspects)
    assert [f.severity for f in finds(no_approval_before_change_filing, facts)] == found
