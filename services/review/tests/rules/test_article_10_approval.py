from decimal import Decimal

import pytest

from govproject import ApprovalFacts
from govproject_review.rules.article_10_approval import (
    expert_review_led_by_unit,
    fiscal_evaluation_ge_50,
    fiscal_evaluation_report,
)


@pytest.mark.parametrize("passed", [True, False])
def test_expert_review_led_by_unit(finds, passed):
    found = finds(expert_review_led_by_unit, ApprovalFacts.example(panel_passed=passed))
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * (not passed)


@pytest.mark.parametrize(
    ("budget", "evaluated", "blocks"),
    [
        ("499999.99", None, False),
        ("500000.00", None, True),
        ("500000.01", None, True),
        ("500000.00", "500000.00", False),
        ("500000.00", "0.01", False),
    ],
)
def test_fiscal_evaluation_ge_50(finds, budget, evaluated, blocks):
    facts = ApprovalFacts.example(budget_yuan=Decimal(budget), evaluated_yuan=evaluated)
    found = finds(fiscal_evaluation_ge_50, facts)
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * blocks


def test_approving_less_does_not_avoid_the_evaluation(finds):
    facts = ApprovalFacts.example(amount_yuan=Decimal(100), evaluated_yuan=None)
    assert len(finds(fiscal_evaluation_ge_50, facts)) == 1


@pytest.mark.parametrize(
    ("amount", "evaluated", "blocks"),
    [
        ("999999.99", "1000000.00", False),
        ("1000000.00", "1000000.00", False),
        ("1000000.01", "1000000.00", True),
        ("1000000.00", None, False),
    ],
)
def test_fiscal_evaluation_report(finds, amount, evaluated, blocks):
    facts = ApprovalFacts.example(amount_yuan=Decimal(amount), evaluated_yuan=evaluated)
    found = finds(fiscal_evaluation_report, facts)
    assert [(f.severity, f.relief) for f in found] == [("block", "exception")] * blocks
