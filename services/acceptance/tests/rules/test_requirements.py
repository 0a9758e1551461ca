from datetime import date
from decimal import Decimal

import pytest

from govproject import AcceptanceFacts
from govproject.regulation.pack import pack
from govproject_acceptance.rules.requirements import next_stage

PACK = pack("tinghu-2025")
BARE = {"preliminary_passed_on": None, "trial_started_on": None, "trial_ended_on": None}
PASSED = {**BARE, "preliminary_passed_on": date(2026, 3, 2)}
RAN = {"trial_started_on": date(2026, 4, 1), "trial_ended_on": date(2026, 7, 1)}


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        (BARE, "preliminary"),
        (PASSED, "trial"),
        ({**PASSED, "trial_waiver": "仅升级硬件"}, "final"),
        ({**PASSED, "trial_started_on": date(2026, 4, 1)}, "final"),
        ({}, "final"),
        ({**BARE, "amount_yuan": Decimal("999999.99")}, "final"),
        ({**BARE, "amount_yuan": Decimal("1000000.00")}, "preliminary"),
        ({**PASSED, "amount_yuan": Decimal("999999.99")}, "final"),
        ({**BARE, "kind": "ops"}, "preliminary"),
        ({**BARE, "kind": "ops", "preliminary_waiver": "按月考核"}, "trial"),
        (
            {**BARE, "kind": "ops", "preliminary_waiver": "按月考核", "trial_waiver": "同上"},
            "final",
        ),
        ({**BARE, "kind": "new", "preliminary_waiver": "按月考核"}, "preliminary"),
        # A trial that runs, or ran, although the preliminary is missing.
        ({**BARE, "trial_started_on": date(2026, 4, 1)}, "final"),
        ({**BARE, **RAN}, "preliminary"),
        ({**BARE, **RAN, "kind": "ops"}, "final"),
        ({**BARE, **RAN, "goods_only": True}, "final"),
        ({**BARE, **RAN, "goods_only": True, "amount_yuan": Decimal("999999.99")}, "final"),
        # A raised amount asked for the preliminary after the trial had begun: another trial.
        ({"preliminary_passed_on": date(2026, 4, 2), **RAN}, "trial"),
        ({"preliminary_passed_on": date(2026, 4, 1), **RAN}, "final"),
        ({"preliminary_passed_on": date(2026, 4, 2), **RAN, "trial_waiver": "已稳定运行"}, "final"),
    ],
)
def test_next_stage(facts, stage):
    assert next_stage(AcceptanceFacts.example(**facts), PACK) == stage
