from datetime import date, datetime

import pytest
from pydantic import ValidationError

from govproject.clock import SHANGHAI
from govproject.regulation.findings import Decision, Finding, Relief, block, warn
from govproject.terms import ReliefKind

TODAY = date(2026, 8, 3)


def found(**changes: object) -> Finding:
    finding = block("不予分配。", remedy="请先报备。")
    return finding.model_copy(
        update={"rule": "unfiled", "article": "27", "relief": ReliefKind.BUREAU_DECISION, **changes}
    )


def relief(**changes: object) -> Relief:
    return Relief.model_validate(
        {
            "rule": "unfiled",
            "kind": "bureau_decision",
            "reason": "防汛应急",
            "approver": "bureau",
            "document": "亭数〔2026〕8号",
            "expires_on": TODAY,
            **changes,
        }
    )


def test_a_block_and_a_warning_carry_what_the_unit_reads_and_the_failed_fact():
    assert block("不行。", remedy="改。", backlog=2).model_dump(exclude_defaults=True) == {
        "severity": "block",
        "message": "不行。",
        "remedy": "改。",
        "fact": {"backlog": 2},
    }
    assert warn("注意。", remedy="核实。").severity == "warn"


def test_a_relief_lifts_until_the_end_of_its_last_day():
    assert relief().lifts(found(), TODAY)
    assert not relief().lifts(found(), date(2026, 8, 4))


@pytest.mark.parametrize(
    ("act", "finding"),
    [
        ({"rule": "another_rule"}, {}),
        ({"kind": "exception"}, {}),
        ({}, {"relief": ReliefKind.EXCEPTION}),
        ({}, {"relief": ReliefKind.NONE}),
        ({"kind": "none"}, {"relief": ReliefKind.NONE}),
    ],
)
def test_a_relief_of_another_rule_or_kind_lifts_nothing(act, finding):
    assert not relief(**act).lifts(found(**finding), TODAY)


def test_a_decision_tells_what_refuses():
    lifted = found(rule="lifted", article="26", lifted_by=relief())
    findings = (found(article="3"), lifted, found(), found(rule="other"))
    warning = warn("注意。", remedy="核实。").model_copy(update={"article": "29"})
    decision = Decision(
        gate="allocation",
        outcome="refused",
        findings=(*findings, warning),
        rule_pack="tinghu-2025",
        evaluated_at=datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI),
        facts_digest="sm3:",
    )
    assert decision.blocking == (findings[0], findings[2], findings[3])
    assert decision.articles == ("3", "27")
    assert not decision.allowed
    assert Decision.model_validate_json(decision.model_dump_json()) == decision


def test_nothing_lies_between_allowed_and_refused():
    with pytest.raises(ValidationError):
        Decision.model_validate(
            {
                "gate": "allocation",
                "outcome": "deferred",
                "findings": (),
                "rule_pack": "tinghu-2025",
                "evaluated_at": datetime(2026, 8, 3, tzinfo=SHANGHAI),
                "facts_digest": "",
            }
        )
