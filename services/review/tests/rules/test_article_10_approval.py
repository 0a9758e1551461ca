from decimal import Decimal

import pytest

from govproject import ApprovalFacts
from govproject_review.rules.article_10_approval import (
    evaluation_after_expert_review,
    expert_count_at_approval,
    expert_review_led_by_unit,
    experts_on_present_materials,
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


@pytest.mark.parametrize(
    ("budget", "amount", "outdated", "blocks"),
    [
        ("499999.99", "499999.99", True, False),
        ("499999.99", "499999.99", False, True),
        ("499999.99", "500000.00", True, True),
        ("500000.00", "499999.99", True, True),
    ],
)
def test_an_outdated_report_is_no_ceiling_below_50_wan(finds, budget, amount, outdated, blocks):
    facts = ApprovalFacts.example(
        budget_yuan=budget,
        amount_yuan=amount,
        evaluated_yuan="300000.00",
        evaluation_outdated=outdated,
    )
    assert len(finds(fiscal_evaluation_report, facts)) == blocks


@pytest.mark.parametrize(
    ("passed", "outdated", "blocks"),
    [(True, False, False), (True, True, True), (False, True, False)],
)
def test_experts_on_present_materials(finds, passed, outdated, blocks):
    facts = ApprovalFacts.example(panel_passed=passed, panel_outdated=outdated)
    found = finds(experts_on_present_materials, facts)
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * blocks


@pytest.mark.parametrize(
    ("budget", "amount", "attended", "blocks"),
    [
        ("999999.99", "999999.99", 3, False),
        ("999999.99", "999999.99", 4, False),
        ("1000000.00", "999999.99", 3, True),
        ("999999.99", "1000000.00", 3, True),
        ("1000000.00", "1000000.00", 5, False),
        ("1000000.00", "1000000.00", 6, True),
        ("1000000.00", "1000000.00", 7, False),
        ("1000000.00", "1000000.00", 0, True),
    ],
)
def test_expert_count_at_approval(finds, budget, amount, attended, blocks):
    facts = ApprovalFacts.example(budget_yuan=budget, amount_yuan=amount, panel_attended=attended)
    found = finds(expert_count_at_approval, facts)
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * blocks
    no_panel = facts.model_copy(update={"panel_passed": False})
    assert finds(expert_count_at_approval, no_panel) == ()


@pytest.mark.parametrize(
    ("budget", "amount", "evaluated", "outdated", "blocks"),
    [
        ("1200000.00", "1200000.00", "1200000.00", False, False),
        ("1200000.00", "1200000.00", "1200000.00", True, True),
        ("1200000.00", "1200000.00", None, True, False),
        ("499999.99", "499999.99", "1200000.00", True, False),
        ("499999.99", "500000.00", "1200000.00", True, True),
        ("500000.00", "499999.99", "1200000.00", True, True),
    ],
)
def test_evaluation_after_expert_review(finds, budget, amount, evaluated, outdated, blocks):
    facts = ApprovalFacts.example(
        budget_yuan=budget,
        amount_yuan=amount,
        evaluated_yuan=evaluated,
        evaluation_outdated=outdated,
    )
    found = finds(evaluation_after_expert_review, facts)
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * blocks
