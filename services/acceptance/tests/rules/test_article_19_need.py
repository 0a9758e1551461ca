from decimal import Decimal

import pytest

from govproject_acceptance.rules.article_19_need import (
    goods_services_acceptance,
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
        ({**NEITHER, "amount_yuan": Decimal("999999.99")}, []),
        ({**NEITHER, "amount_yuan": Decimal("1000000.00")}, ["block", "block"]),
    ],
)
def test_goods_services_acceptance(severities, kind, facts, found):
    assert severities(goods_services_acceptance, kind=kind, **facts) == found


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
        ("300000", {**NEITHER, "kind": "ops"}, ["warn"]),
    ],
)
def test_under_100_skip_prelim(severities, amount, facts, found):
    assert severities(under_100_skip_prelim, amount_yuan=Decimal(amount), **facts) == found
