from decimal import Decimal

import pytest

from govproject import PanelFacts
from govproject.regulation.text import articles
from govproject_review.rules.article_10_panel import (
    Dimension,
    absent_experts_are_replaced,
    conflicted_experts_step_back,
    each_expert_signs_alone,
    expert_count_min_3_odd,
    expert_count_min_5_odd_ge_100,
    expert_fields,
    expert_opinion_dimensions,
    experts_drawn_by_bureau,
    minimum,
)


def panel(amount: str, signed: int) -> PanelFacts:
    return PanelFacts.example(amount_yuan=Decimal(amount), signed=signed)


@pytest.mark.parametrize(
    ("amount", "signed", "three", "five"),
    [
        ("999999.99", 0, True, False),
        ("999999.99", 2, True, False),
        ("999999.99", 3, False, False),
        ("999999.99", 4, True, False),
        ("999999.99", 5, False, False),
        ("1000000.00", 0, False, True),
        ("1000000.00", 3, False, True),
        ("1000000.00", 4, False, True),
        ("1000000.00", 5, False, False),
        ("1000000.00", 6, False, True),
        ("1000000.00", 7, False, False),
        ("1000000.01", 3, False, True),
    ],
)
def test_expert_count(finds, amount, signed, three, five):
    facts = panel(amount, signed)
    below = finds(expert_count_min_3_odd, facts)
    assert [(f.severity, f.relief) for f in below] == [("block", "exception")] * three
    from_100 = finds(expert_count_min_5_odd_ge_100, facts)
    assert [(f.severity, f.relief) for f in from_100] == [("block", "none")] * five


@pytest.mark.parametrize(("amount", "least"), [("999999.99", 3), ("1000000.00", 5)])
def test_minimum(tinghu, amount, least):
    assert minimum(tinghu, Decimal(amount)) == least


@pytest.mark.parametrize("names", [(), ("张三",), ("张三", "李四")])
def test_experts_drawn_by_bureau(finds, names):
    found = finds(experts_drawn_by_bureau, PanelFacts.example(not_from_the_draw=names))
    assert [f.fact["not_from_the_draw"] for f in found] == ([list(names)] if names else [])
    assert all((f.severity, f.relief) == ("block", "none") for f in found)


@pytest.mark.parametrize("names", [(), ("张三（未签署）",), ("张三", "李四")])
def test_expert_opinion_dimensions(finds, names):
    found = finds(expert_opinion_dimensions, PanelFacts.example(incomplete_opinions=names))
    assert [f.fact["incomplete_opinions"] for f in found] == ([list(names)] if names else [])
    assert all((f.severity, f.relief) == ("block", "none") for f in found)


def test_the_five_dimensions_are_those_of_the_article():
    assert len(Dimension) == 5
    assert "、".join(dimension.zh for dimension in Dimension) in articles()["10"]


def test_expert_fields(finds):
    assert finds(expert_fields, PanelFacts.example()) == ()
    (finding,) = finds(expert_fields, PanelFacts.example(absent_fields=("网络安全", "信息化")))
    assert (finding.severity, "网络安全、信息化" in finding.message) == ("warn", True)


@pytest.mark.parametrize("names", [(), ("王五",), ("王五", "赵六")])
def test_absent_experts_are_replaced(finds, names):
    found = finds(absent_experts_are_replaced, PanelFacts.example(absent_members=names))
    assert [f.fact["absent_members"] for f in found] == ([list(names)] if names else [])
    assert all((f.severity, f.relief) == ("block", "none") for f in found)


@pytest.mark.parametrize("names", [(), ("张三", "李四")])
def test_each_expert_signs_alone(finds, names):
    found = finds(each_expert_signs_alone, PanelFacts.example(signed_by_one_account=names))
    assert [f.fact["signed_by_one_account"] for f in found] == ([list(names)] if names else [])
    assert all((f.severity, f.relief) == ("block", "none") for f in found)


@pytest.mark.parametrize("conflicted", [(), ("张三（任职于项目单位）",)])
def test_conflicted_experts_step_back(finds, conflicted):
    found = finds(conflicted_experts_step_back, PanelFacts.example(conflicted=conflicted))
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * len(conflicted)
    assert all("张三（任职于项目单位）" in f.message for f in found)
