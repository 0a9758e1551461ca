from datetime import date

import pytest

from govproject.regulation.findings import Relief
from govproject.regulation.liftable import in_principle
from govproject.reliefs.conditions import standing_conditions
from govproject.terms import FilingCondition


def test_an_exception_can_be_granted_for_each_condition():
    assert {f"filing_{condition.value}" for condition in FilingCondition} <= in_principle()


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ({}, []),
        ({"expires_on": date(2026, 8, 2)}, ["security"]),
        ({"kind": "bureau_decision"}, ["security"]),
        ({"rule": "filing_duplicate"}, ["security"]),
    ],
)
def test_an_exception_lifts_its_own_condition_while_it_lasts(changes, left):
    act = {
        "rule": "filing_security",
        "kind": "exception",
        "reason": "确需实施。",
        "approver": "bureau",
        "document": "亭数〔2026〕8号",
        "expires_on": date(2026, 8, 3),
    }
    reliefs = [Relief.model_validate(act | changes)]
    declared = [FilingCondition.SECURITY]
    assert [*standing_conditions(declared, reliefs, date(2026, 8, 3))] == left
