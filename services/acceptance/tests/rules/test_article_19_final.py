from datetime import date
from decimal import Decimal

import pytest

from govproject.terms import FilingStatus
from govproject_acceptance.rules.article_19_final import (
    final_after_trial,
    final_expert_group,
    ge_100_final_under_guidance,
    under_100_self_final_after_filing,
)

ALL = (
    final_after_trial,
    final_expert_group,
    ge_100_final_under_guidance,
    under_100_self_final_after_filing,
)
NO_TRIAL = {"trial_started_on": None, "trial_ended_on": None}
SMALL = {"amount_yuan": Decimal("999999.99")}


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"preliminary_passed_on": None}, ["block"]),
        (NO_TRIAL, ["block"]),
        ({"preliminary_passed_on": None, **NO_TRIAL}, ["block", "block"]),
        ({"trial_ended_on": None}, ["block"]),
        ({"held_on": date(2026, 7, 14)}, ["block"]),
        ({"held_on": date(2026, 7, 15)}, []),
        ({"held_on": date(2026, 3, 1)}, ["block", "block"]),
        # Both meetings may be held on one day.
        (
            {
                "held_on": date(2026, 8, 3),
                "preliminary_passed_on": date(2026, 8, 3),
                **NO_TRIAL,
                "trial_waiver": "仅升级硬件",
            },
            [],
        ),
        ({**NO_TRIAL, "trial_waiver": "仅升级硬件"}, []),
        ({"preliminary_passed_on": None, "preliminary_waiver": "不需要"}, ["block"]),
        ({**SMALL, "preliminary_passed_on": None, **NO_TRIAL}, []),
        ({**SMALL, **NO_TRIAL}, []),
        ({**SMALL, "trial_ended_on": None}, ["block"]),
        (
            {
                "amount_yuan": Decimal("1000000.00"),
                "preliminary_passed_on": None,
                **NO_TRIAL,
            },
            ["block", "block"],
        ),
        ({"kind": "ops", "preliminary_passed_on": None, **NO_TRIAL}, []),
        ({"preliminary_passed_on": date(2026, 4, 2)}, ["block"]),
        ({"preliminary_passed_on": date(2026, 4, 1)}, []),
        ({"preliminary_passed_on": date(2026, 4, 2), "trial_waiver": "已稳定运行"}, []),
        ({"kind": "ops", "trial_ended_on": None}, ["block"]),
        ({"earliest_on": date(2026, 4, 1)}, []),
        ({"earliest_on": date(2026, 4, 2)}, ["block"]),
        ({"earliest_on": date(2026, 4, 2), "trial_ended_on": None}, ["block", "block"]),
        ({"earliest_on": date(2026, 4, 2), "trial_waiver": "已稳定运行"}, ["warn"]),
        ({"earliest_on": date(2026, 4, 2), **SMALL}, ["warn"]),
    ],
)
def test_final_after_trial(severities, facts, found):
    assert severities(final_after_trial, **facts) == found


@pytest.mark.parametrize(
    ("experts", "found"),
    [(0, ["block"]), (1, ["block"]), (2, ["block"]), (3, []), (4, ["block"]), (5, []), (7, [])],
)
def test_final_expert_group(severities, experts, found):
    assert severities(final_expert_group, external_experts=experts) == found
    twice = {"external_experts": experts, "repeated_experts": ("王工",)}
    assert severities(final_expert_group, **twice) == [*found, "warn"]


@pytest.mark.parametrize("status", FilingStatus)
@pytest.mark.parametrize(
    ("amount", "track", "asked"),
    [
        ("999999.99", "filing", True),
        ("999999.99", "full_process", False),
        ("1000000.00", "full_process", False),
        ("1000000.00", "filing", False),
    ],
)
def test_under_100_self_final_after_filing(severities, status, amount, track, asked):
    facts = {"amount_yuan": Decimal(amount), "track": track, "filing_status": status}
    found = severities(under_100_self_final_after_filing, **facts)
    assert found == (["block"] if asked and status is not FilingStatus.ACCEPTED else [])


@pytest.mark.parametrize(
    ("amount", "track", "recorded", "found"),
    [
        ("999999.99", "filing", False, []),
        ("999999.99", "full_process", False, ["block"]),
        ("1000000.00", "full_process", False, ["block"]),
        ("1000000.00", "filing", False, ["block"]),
        ("1000000.01", "full_process", False, ["block"]),
        ("1000000.00", "full_process", True, []),
    ],
)
def test_ge_100_final_under_guidance(severities, amount, track, recorded, found):
    facts = {"amount_yuan": Decimal(amount), "track": track, "guidance_recorded": recorded}
    assert severities(ge_100_final_under_guidance, **facts) == found


@pytest.mark.parametrize("rule", ALL)
@pytest.mark.parametrize("stage", ["preliminary", "trial"])
@pytest.mark.parametrize("amount", ["999999.99", "1000000.00"])
def test_earlier_steps_are_not_asked(severities, rule, stage, amount):
    facts = {
        "stage": stage,
        "amount_yuan": Decimal(amount),
        "preliminary_passed_on": None,
        "external_experts": 0,
        "guidance_recorded": False,
        **NO_TRIAL,
    }
    assert severities(rule, **facts) == []
