"""A gate fails closed: whatever a rule does, only a clean answer without a block allows."""

import asyncio
import itertools
import time
from datetime import date, datetime
from types import ModuleType
from typing import Any

import pytest
import structlog

from govproject import gates, hookimpl, rule
from govproject.clock import SHANGHAI
from govproject.facts import AllocationFacts, Facts, FilingFacts, PreReviewFacts
from govproject.gates import ALLOCATION, FILING, Gate
from govproject.plugins import Plugins, load
from govproject.regulation import decide as deciding
from govproject.regulation.decide import decide, digest
from govproject.regulation.findings import (
    MOST_FINDINGS,
    Decision,
    Finding,
    Findings,
    Relief,
    block,
    warn,
)
from govproject.regulation.pack import pack
from govproject.regulation.text import TITLE, quotes
from govproject.terms import ReliefKind

NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
TODAY = NOW.date()
PACK = pack("tinghu-2025")


class Place(Facts):
    city: str


def refusing(
    name: str, article: str, relief: ReliefKind = ReliefKind.NONE, clause: str = "1"
) -> Any:
    def function(facts: AllocationFacts) -> Findings:
        yield block(f"违反第{article}条。", remedy="请改正。")

    function.__name__ = name
    return rule("allocation", article=article, clause=clause, quote="…", relief=relief)(function)


@rule("allocation", article="29", quote="…")
def warns(facts: AllocationFacts) -> Findings:
    yield warn("请注意。", remedy="请核实。")


@rule("allocation", article="3", clause="2", quote="将不予分配")
def silent(facts: AllocationFacts) -> Findings:
    yield from ()


@rule("allocation", article="3", clause="2", quote="将不予分配")
def raises(facts: AllocationFacts) -> Findings:
    yield block("半途而废。", remedy="无。")
    raise ZeroDivisionError("除以零")


@rule("allocation", article="3", clause="2", quote="将不予分配")
def leaves(facts: AllocationFacts) -> Findings:
    raise SystemExit(0)


@rule("allocation", article="3", clause="2", quote="将不予分配")
def forgets_to_yield(facts: AllocationFacts) -> Any:
    return None


@hookimpl
def check_allocation(facts: AllocationFacts) -> Any:
    return ["准予"]


@hookimpl(specname="check_allocation")
def answers_none(facts: AllocationFacts) -> None:
    return None


def loaded(*functions: Any, name: str = "department") -> Plugins:
    module = ModuleType(name)
    for function in functions:
        setattr(module, function.__name__, function)
    return load((module,), installed=False)


def asked(
    *functions: Any, failures: list[tuple[str, str]] | None = None, **facts: object
) -> Decision:
    def on_failure(check: Any, why: str) -> None:
        if failures is not None:
            failures.append((check.rule, why))

    return decide(
        loaded(*functions),
        ALLOCATION,
        AllocationFacts.example(**facts),
        pack=PACK,
        at=NOW,
        on_failure=on_failure,
    )


def relief(rule: str, kind: str, expires_on: date = TODAY) -> Relief:
    return Relief.model_validate(
        {
            "rule": rule,
            "kind": kind,
            "reason": "防汛应急",
            "approver": "bureau",
            "document": "亭数〔2026〕8号",
            "expires_on": expires_on,
        }
    )


def test_no_finding_allows_and_a_warning_is_only_shown():
    assert asked(silent).model_dump(exclude={"facts_digest"}) == {
        "gate": "allocation",
        "outcome": "allowed",
        "findings": (),
        "rule_pack": "tinghu-2025",
        "reliefs": (),
        "evaluated_at": NOW,
    }
    decision = asked(silent, warns)
    assert decision.allowed
    assert [finding.rule for finding in decision.findings] == ["warns"]


def test_a_gate_without_rules_refuses():
    nothing = load((), installed=False)
    decision = decide(nothing, ALLOCATION, AllocationFacts.example(), pack=PACK, at=NOW)
    assert decision.outcome == "refused"
    assert decision.findings[0].rule == "no_answer.allocation"
    assert decision.findings[0].fact["reason"] == "没有加载任何规则"


def test_rules_of_another_gate_do_not_answer_for_this_one():
    decision = decide(loaded(silent), FILING, FilingFacts.example(), pack=PACK, at=NOW)
    assert decision.outcome == "refused"
    (finding,) = decision.findings
    assert finding.article == "27"
    assert "书面决定" not in finding.remedy


@pytest.mark.parametrize(
    "gate", [each for each in vars(gates).values() if isinstance(each, Gate)], ids=lambda g: g.name
)
def test_a_gate_says_what_a_refusal_without_a_rule_rests_on(gate):
    assert quotes(gate.citation.article, gate.citation.quote)
    facts = gate.facts.example()
    (finding,) = decide(load((), installed=False), gate, facts, pack=PACK, at=NOW).findings
    assert finding.article == gate.citation.article
    assert "排除故障后重新办理" in finding.remedy


@pytest.mark.parametrize(
    ("function", "why"),
    [
        (raises, "ZeroDivisionError: 除以零"),
        (leaves, "SystemExit: 0"),
        (forgets_to_yield, "TypeError: 'NoneType' object is not iterable"),
        (check_allocation, "答复中含有非Finding对象"),
        (answers_none, "TypeError: 'NoneType' object is not iterable"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_rule_without_a_usable_answer_refuses_and_names_its_plugin(function, why):
    failures: list[tuple[str, str]] = []
    with structlog.testing.capture_logs() as logged:
        decision = asked(silent, function, failures=failures)
    assert decision.outcome == "refused"
    (finding,) = decision.findings
    assert finding.rule == f"no_answer.department.{function.__name__}"
    assert finding.relief is ReliefKind.BUREAU_DECISION
    assert finding.fact == {"rule": f"department.{function.__name__}", "reason": why}
    assert (finding.source, finding.article) == (TITLE, "3")
    assert quotes(finding.article, finding.quote)
    assert "或由区数据局作出书面决定" in finding.remedy
    assert failures == [(function.__name__, why)]
    raised = why != "答复中含有非Finding对象"
    assert [(line["event"], line["plugin"]) for line in logged] == [
        ("rule failed", "department")
    ] * raised


@pytest.mark.parametrize(
    "error",
    [SystemExit, KeyboardInterrupt, GeneratorExit, asyncio.CancelledError, RecursionError],
)
def test_whatever_a_rule_raises_refuses_and_goes_no_further(error):
    @rule("allocation", article="3", quote="…")
    def breaks_out(facts: AllocationFacts) -> Findings:
        raise error

    assert [finding.rule for finding in asked(breaks_out, warns).findings] == [
        "no_answer.department.breaks_out",
        "warns",
    ]


@pytest.mark.parametrize("nothing", ["", {}, "准予", {"准予": True}], ids=repr)
def test_a_text_or_a_mapping_is_no_list_of_findings(nothing):
    @rule("allocation", article="3", quote="…")
    def returns(facts: AllocationFacts) -> Any:
        return nothing

    (finding,) = asked(returns).findings
    assert finding.rule == "no_answer.department.returns"


@pytest.mark.parametrize("decorate", [rule("allocation", article="3", quote="…"), hookimpl])
def test_a_rule_that_never_ends_to_yield_refuses(decorate):
    def check_allocation(facts: AllocationFacts) -> Findings:
        return itertools.repeat(warn("请注意。", remedy="请核实。"))

    (finding,) = asked(decorate(check_allocation)).findings
    assert finding.fact["reason"] == f"答复超过{MOST_FINDINGS}条"


@pytest.mark.parametrize(
    "unsound",
    [
        warn("请注意。", remedy="请核实。", seen=object()),
        warn("请注意。", remedy="请核实。", name="\ud800"),
        warn("请注意。", remedy="请核实。", amount=10**5000),
        Finding.model_construct(severity="BLOCK", message="不准。", remedy="无。"),
        Finding.model_construct(severity="block"),
        warn("请注意。", remedy="请核实。").model_copy(update={"message": None}),
    ],
    ids=["object", "half a character", "endless number", "severity", "fields", "message"],
)
def test_a_finding_that_could_not_be_kept_refuses(unsound):
    @rule("allocation", article="3", quote="…")
    def finds(facts: AllocationFacts) -> Findings:
        yield unsound

    decision = asked(finds, silent)
    assert [finding.rule for finding in decision.findings] == ["no_answer.department.finds"]
    assert Decision.model_validate_json(decision.model_dump_json()) == decision


def test_a_rule_does_not_lift_its_own_refusal():
    @rule("allocation", article="3", quote="…")
    def lifts(facts: AllocationFacts) -> Findings:
        act = relief("lifts", "exception")
        yield block("不准。", remedy="无。").model_copy(update={"lifted_by": act})

    assert asked(lifts).outcome == "refused"


def test_what_a_departments_rule_changes_is_its_own_copy():
    @rule("allocation", article="3", quote="…")
    def changes(facts: AllocationFacts, pack: Any) -> Findings:
        vars(facts)["reliefs"] = (relief("strict", "exception"),)
        vars(pack)["version"] = "tinghu-2099"
        yield from ()

    decision = asked(changes, refusing("strict", "26", ReliefKind.EXCEPTION))
    assert decision.outcome == "refused"
    assert decision.facts_digest == digest(AllocationFacts.example())
    assert PACK.version == "tinghu-2025"


def test_a_missing_answer_cites_what_its_rule_rests_on():
    def function(facts: AllocationFacts) -> Findings:
        raise ValueError

    function.__name__ = "broken"
    broken = rule("allocation", article="2", clause="1", quote="须核实", source="亭财〔2026〕3号")
    (finding,) = asked(broken(function)).findings
    assert finding.model_dump(include={"source", "article", "clause", "quote"}) == {
        "source": "亭财〔2026〕3号",
        "article": "2",
        "clause": "1",
        "quote": "须核实",
    }


def test_a_late_answer_refuses_and_what_it_found_still_counts(monkeypatch):
    moments = iter((0.0, deciding.DEADLINE_SECONDS, 10.0, 10.0 + deciding.DEADLINE_SECONDS + 0.01))
    monkeypatch.setattr(time, "monotonic", lambda: next(moments))
    failures: list[tuple[str, str]] = []
    decision = asked(silent, refusing("slow", "6"), failures=failures)
    assert failures == [("slow", "超过2秒未答复")]
    assert [finding.rule for finding in decision.findings] == ["no_answer.department.slow", "slow"]
    lifted = relief("no_answer.department.slow", "bureau_decision")
    moments = iter((0.0, 9.0))
    assert asked(refusing("slow", "6"), reliefs=(lifted,)).outcome == "refused"


def test_one_that_fails_does_not_keep_the_others_from_being_heard():
    decision = asked(raises, refusing("other", "6"), warns)
    assert [finding.rule for finding in decision.findings] == [
        "no_answer.department.raises",
        "other",
        "warns",
    ]


def test_findings_come_in_the_order_of_their_articles():
    decision = asked(
        refusing("a_27", "27"),
        refusing("z_3", "3"),
        refusing("b_3", "3"),
        refusing("c_own", "附则"),
        refusing("d_19", "19"),
        refusing("e_2", "2之一"),
    )
    assert [finding.rule for finding in decision.findings] == [
        "e_2",
        "b_3",
        "z_3",
        "d_19",
        "a_27",
        "c_own",
    ]
    assert decision.articles == ("2之一", "3", "19", "27", "附则")


@pytest.mark.parametrize(
    ("kind", "act", "outcome"),
    [
        (ReliefKind.EXCEPTION, relief("strict", "exception"), "allowed"),
        (ReliefKind.EXCEPTION, relief("strict", "exception", date(2026, 8, 2)), "refused"),
        (ReliefKind.EXCEPTION, relief("strict", "bureau_decision"), "refused"),
        (ReliefKind.EXCEPTION, relief("lax", "exception"), "refused"),
        (ReliefKind.BUREAU_DECISION, relief("strict", "bureau_decision"), "allowed"),
        (ReliefKind.BUREAU_DECISION, relief("strict", "exception"), "refused"),
        (ReliefKind.NONE, relief("strict", "exception"), "refused"),
        (ReliefKind.NONE, relief("strict", "bureau_decision"), "refused"),
        (ReliefKind.NONE, relief("strict", "none"), "refused"),
    ],
)
def test_only_a_current_act_of_the_right_kind_for_this_rule_lifts(kind, act, outcome):
    decision = asked(refusing("strict", "26", kind), reliefs=(act,))
    assert decision.outcome == outcome
    shown = act if outcome == "allowed" else None
    assert [finding.lifted_by for finding in decision.findings] == [shown]


def test_one_act_lifts_one_refusal_and_every_other_stands():
    decision = asked(
        refusing("one", "26", ReliefKind.EXCEPTION),
        refusing("two", "26", ReliefKind.EXCEPTION),
        reliefs=(relief("one", "exception"),),
    )
    assert decision.outcome == "refused"
    assert [finding.rule for finding in decision.blocking] == ["two"]


def test_an_expired_act_does_not_hide_a_current_one():
    acts = (relief("one", "exception", date(2026, 8, 2)), relief("one", "exception"))
    decision = asked(refusing("one", "26", ReliefKind.EXCEPTION), reliefs=acts)
    assert decision.findings[0].lifted_by == acts[1]


def test_an_act_in_force_is_shown_on_every_decision_also_where_it_lifts_nothing():
    ended = relief("one", "exception", date(2026, 8, 2))
    acts = (ended, relief("one", "exception"), relief("two", "bureau_decision"))
    assert asked(silent, reliefs=acts).reliefs == acts[1:]


def test_the_bureau_can_decide_despite_a_missing_answer():
    act = relief("no_answer.department.raises", "bureau_decision")
    decision = asked(silent, raises, reliefs=(act,))
    assert decision.allowed
    assert decision.findings[0].lifted_by == act


def test_the_digest_is_of_the_facts_and_of_nothing_else():
    facts = AllocationFacts.example()
    assert digest(facts) == asked(silent).facts_digest
    assert digest(facts) == digest(AllocationFacts.model_validate_json(facts.model_dump_json()))
    assert digest(facts) != digest(AllocationFacts.example(backlog=1))
    assert digest(facts).removeprefix("sm3:").isalnum()
    assert len(digest(facts)) == len("sm3:") + 64


def test_the_digest_is_that_of_openssl():
    # printf '%s' '{"city":"亭湖","reliefs":[],"today":"2026-08-03"}' | openssl dgst -sm3
    known = "4355af31cbee9277114e5831da599245d6d2a96e59e9d523ce2a5a7009da16be"
    assert digest(Place(today=TODAY, city="亭湖")) == f"sm3:{known}"


def test_equal_facts_have_one_digest_whatever_the_order_they_came_in():
    points = PreReviewFacts.example().points
    turned = dict(reversed(points.items()))
    assert digest(PreReviewFacts.example(points=turned)) == digest(PreReviewFacts.example())
