from datetime import date
from decimal import Decimal

import pytest

from govproject import AcceptanceFacts
from govproject.regulation.pack import pack
from govproject.regulation.text import quotes
from govproject_acceptance.rules.article_19_need import (
    acceptance_required,
    goods_services_acceptance,
    two_acceptance_stages,
    under_100_skip_prelim,
)

NO_PRELIMINARY = {"preliminary_passed_on": None}
NO_TRIAL = {"trial_started_on": None, "trial_ended_on": None}
NEITHER = {**NO_PRELIMINARY, **NO_TRIAL}
REASONS = {"preliminary_waiver": "按月考核", "trial_waiver": "无系统上线"}


@pytest.mark.parametrize("kind", ["ops", "service"])
@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        (NO_PRELIMINARY, ["block"]),
        (NO_TRIAL, ["block"]),
        (NEITHER, ["block", "block"]),
        ({**NEITHER, "preliminary_waiver": "按月考核"}, ["warn", "block"]),
        ({**NEITHER, "trial_waiver": "无系统上线"}, ["block", "warn"]),
        ({**NEITHER, **REASONS}, ["warn", "warn"]),
        ({**REASONS}, []),
        ({**NEITHER, "stage": "preliminary"}, []),
        ({**NEITHER, "stage": "trial"}, []),
        ({**NEITHER, "amount_yuan": Decimal("999999.99")}, ["block", "block"]),
        ({**NEITHER, **REASONS, "amount_yuan": Decimal("999999.99")}, ["warn", "warn"]),
        ({**NEITHER, "amount_yuan": Decimal("1000000.00")}, ["block", "block"]),
    ],
)
def test_goods_services_acceptance(severities, kind, facts, found):
    assert severities(goods_services_acceptance, kind=kind, **facts) == found


@pytest.mark.parametrize("kind", ["new", "upgrade"])
@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        (NEITHER, ["block", "block"]),
        ({**NEITHER, **REASONS}, ["warn", "warn"]),
        ({**NEITHER, "amount_yuan": Decimal("999999.99")}, []),
        ({**NEITHER, "stage": "preliminary"}, []),
    ],
)
def test_goods_alone_are_accepted_according_to_need(severities, kind, facts, found):
    assert severities(goods_services_acceptance, kind=kind, goods_only=True, **facts) == found


@pytest.mark.parametrize("kind", ["new", "renewal", "upgrade"])
def test_construction_is_not_accepted_according_to_need(severities, kind):
    assert severities(goods_services_acceptance, kind=kind, **NEITHER, **REASONS) == []


def test_the_reason_is_shown(findings):
    (finding,) = findings(
        goods_services_acceptance, kind="ops", **NO_PRELIMINARY, preliminary_waiver="按月考核"
    )
    assert "按月考核" in finding.message
    assert finding.fact == {"step": "preliminary", "reason": "按月考核"}


@pytest.mark.parametrize(
    ("amount", "facts", "found"),
    [
        ("999999.99", NEITHER, ["warn"]),
        ("999999.99", {}, []),
        ("1000000.00", NEITHER, []),
        ("1000000.01", NEITHER, []),
        ("300000", {**NEITHER, "stage": "trial"}, []),
        ("300000", {**NEITHER, "kind": "ops"}, []),
    ],
)
def test_under_100_skip_prelim(severities, amount, facts, found):
    assert severities(under_100_skip_prelim, amount_yuan=Decimal(amount), **facts) == found


def test_acceptance_required_names_no_day_by_which():
    duty = acceptance_required(date(2026, 2, 27))
    assert (duty.rule, duty.due()) == (acceptance_required.__name__, None)
    assert "2026-02-27" in duty.task
    assert quotes(duty.citation.article, duty.citation.quote)


@pytest.mark.parametrize(
    ("facts", "required"),
    [
        ({}, ["preliminary", "trial", "final"]),
        ({"amount_yuan": Decimal("1000000.00")}, ["preliminary", "trial", "final"]),
        ({"amount_yuan": Decimal("999999.99")}, ["final"]),
        ({"trial_waiver": "仅升级硬件"}, ["preliminary", "final"]),
        ({"preliminary_waiver": "按月考核"}, ["preliminary", "trial", "final"]),
        ({"kind": "ops", "preliminary_waiver": "按月考核"}, ["trial", "final"]),
        ({"kind": "ops", **REASONS}, ["final"]),
        ({"kind": "service"}, ["preliminary", "trial", "final"]),
        (
            {"kind": "service", "amount_yuan": Decimal("999999.99")},
            ["preliminary", "trial", "final"],
        ),
    ],
)
def test_two_acceptance_stages(facts, required):
    routes = two_acceptance_stages(AcceptanceFacts.example(**facts), pack("tinghu-2025"))
    assert [route.stage for route in routes] == ["preliminary", "trial", "final"]
    assert [route.stage for route in routes if route.required] == required


def test_a_step_left_out_shows_its_reason():
    facts = AcceptanceFacts.example(kind="service", **REASONS)
    preliminary, trial, _ = two_acceptance_stages(facts, pack("tinghu-2025"))
    assert (preliminary.why, trial.why) == ("不开展的理由：按月考核", "不开展的理由：无系统上线")
