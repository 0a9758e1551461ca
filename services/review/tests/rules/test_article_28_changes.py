import pytest

from govproject import ApprovalFacts
from govproject_review.rules.article_28_changes import approval_within_budget


@pytest.mark.parametrize(
    ("amount", "blocks"),
    [("0.01", False), ("1199999.99", False), ("1200000.00", False), ("1200000.01", True)],
)
def test_approval_within_budget(finds, amount, blocks):
    facts = ApprovalFacts.example(budget_yuan="1200000.00", amount_yuan=amount)
    found = finds(approval_within_budget, facts)
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * blocks
