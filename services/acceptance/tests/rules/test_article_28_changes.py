from decimal import Decimal

import pytest

from govproject_acceptance.rules.article_28_changes import (
    no_change_filing_no_acceptance,
    no_overrun_without_change_filing,
)


@pytest.mark.parametrize(
    ("stage", "unfiled", "found"),
    [
        ("preliminary", 0, []),
        ("preliminary", 1, ["block"]),
        ("final", 0, []),
        ("final", 1, ["block"]),
        ("final", 2, ["block"]),
        ("lot", 1, ["block"]),
        ("trial", 1, []),
        ("kick_off", 1, []),
    ],
)
def test_no_change_filing_no_acceptance(severities, stage, unfiled, found):
    facts = {"stage": stage, "unfiled_changes": unfiled}
    assert severities(no_change_filing_no_acceptance, **facts) == found


def test_no_exception_lifts_it(findings):
    (finding,) = findings(no_change_filing_no_acceptance, unfiled_changes=1)
    assert finding.relief == "none"
    assert "终验" in finding.message


@pytest.mark.parametrize("stage", ["preliminary", "lot", "final"])
@pytest.mark.parametrize(
    ("funds", "contracted", "settled", "found"),
    [
        ("1150000", "1150000", "1150000", []),
        ("1150000", "1150000.01", "1150000", ["block"]),
        ("1150000", "1150000", "1150000.01", ["block"]),
        ("1150000", "1200000", "1200000", ["block", "block"]),
        ("1150000", "0", None, []),
        (None, "1200000.00", None, []),
        (None, "1200000.01", None, ["block"]),
    ],
)
def test_no_overrun_without_change_filing(severities, stage, funds, contracted, settled, found):
    facts = {
        "stage": stage,
        "funds_yuan": funds and Decimal(funds),
        "contracted_yuan": Decimal(contracted),
        "settled_yuan": settled and Decimal(settled),
    }
    assert severities(no_overrun_without_change_filing, **facts) == found


@pytest.mark.parametrize("stage", ["kick_off", "completion", "trial"])
def test_an_overrun_forbids_meetings_only(severities, stage):
    facts = {"stage": stage, "contracted_yuan": Decimal(9000000)}
    assert severities(no_overrun_without_change_filing, **facts) == []


def test_an_amount_that_nobody_knows_is_pointed_out(severities):
    assert severities(no_overrun_without_change_filing, contracts_without_amount=1) == ["warn"]
