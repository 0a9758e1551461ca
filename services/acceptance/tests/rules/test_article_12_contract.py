from decimal import Decimal

import pytest

from govproject_acceptance.rules.article_12_contract import (
    carried_out_after_award,
    contract_on_record,
    paid_under_contract,
)


@pytest.mark.parametrize(
    ("stage", "contracts", "reason", "found"),
    [
        ("preliminary", 0, None, ["block"]),
        ("lot", 0, None, ["block"]),
        ("final", 0, None, ["block"]),
        ("final", 0, "本单位自行开发", ["warn"]),
        ("preliminary", 0, "本单位自行开发", ["warn"]),
        ("final", 1, None, []),
        ("final", 2, "本单位自行开发", []),
        ("kick_off", 0, None, []),
        ("completion", 0, None, []),
        ("trial", 0, None, []),
    ],
)
def test_contract_on_record(severities, stage, contracts, reason, found):
    facts = {"stage": stage, "contracts": contracts, "no_contract_reason": reason}
    assert severities(contract_on_record, **facts) == found


@pytest.mark.parametrize(
    ("contracted", "settled", "explained", "unknown", "found"),
    [
        ("900000", "900000", "0", 0, []),
        ("900000", "899999.99", "0", 0, []),
        ("900000", "900000.01", "0", 0, ["block"]),
        ("1", "900000", "0", 0, ["block"]),
        ("0", "900000", "0", 0, ["block"]),
        ("0", "0", "0", 0, []),
        ("0", None, "0", 0, []),
        ("1", "900000", "899999", 0, ["warn"]),
        ("1", "900000", "899998.99", 0, ["warn", "block"]),
        ("900000", "900000", "1", 0, ["warn"]),
        ("0", None, "1", 0, ["warn"]),
        # What an older build did not keep may be all of it.
        ("1", "900000", "0", 1, ["warn"]),
        ("1", "900000", "1", 1, ["warn", "warn"]),
    ],
)
@pytest.mark.parametrize("stage", ["preliminary", "lot", "final"])
def test_paid_under_contract(severities, stage, contracted, settled, explained, unknown, found):
    facts = {
        "stage": stage,
        "contracted_yuan": Decimal(contracted),
        "settled_yuan": settled and Decimal(settled),
        "contracts_without_amount": unknown,
        "uncontracted_yuan": Decimal(explained),
        "uncontracted_reasons": ("评审费",) if explained != "0" else (),
    }
    assert severities(paid_under_contract, **facts) == found


@pytest.mark.parametrize("stage", ["kick_off", "completion", "trial"])
def test_payments_are_asked_about_at_meetings_only(severities, stage):
    facts = {"stage": stage, "settled_yuan": Decimal(1), "uncontracted_reasons": ("评审费",)}
    assert severities(paid_under_contract, **facts) == []


@pytest.mark.parametrize(
    ("stage", "held_on", "reason", "found"),
    [
        ("completion", "2026-02-09", None, ["block"]),
        ("trial", "2026-02-09", None, ["block"]),
        ("trial", "2026-02-09", "部分由本单位自行开发", ["warn"]),
        ("completion", "2026-02-10", None, []),
        ("kick_off", "2026-02-09", None, []),
        ("preliminary", "2026-02-09", None, []),
    ],
)
def test_carried_out_after_award(severities, stage, held_on, reason, found):
    facts = {"stage": stage, "held_on": held_on, "no_contract_reason": reason}
    assert severities(carried_out_after_award, **facts, awarded_on="2026-02-10") == found
    assert severities(carried_out_after_award, **facts, awarded_on=None) == []


@pytest.mark.parametrize("stage", ["preliminary", "lot", "final"])
@pytest.mark.parametrize(
    ("completed_on", "found"), [("2026-02-09", ["warn"]), ("2026-02-10", []), (None, [])]
)
def test_a_completion_that_is_on_record_is_pointed_out(severities, stage, completed_on, found):
    facts = {"stage": stage, "completed_on": completed_on, "awarded_on": "2026-02-10"}
    assert severities(carried_out_after_award, **facts) == found
