from types import ModuleType

import pytest

from govproject.facts import FilingFacts
from govproject.plugins import load
from govproject.regulation.citation import Citation
from govproject.regulation.findings import Findings, block, warn
from govproject.regulation.pack import RulePack, pack
from govproject.regulation.rule import RuleInfo, rule
from govproject.regulation.text import TITLE
from govproject.terms import ReliefKind


@rule(
    "filing",
    article="2",
    clause="1",
    quote="金额须核实",
    relief=ReliefKind.EXCEPTION,
    source="亭财〔2026〕3号",
)
def amounts_are_checked(facts: FilingFacts, pack: RulePack) -> Findings:
    """Two findings of one rule."""
    if facts.amount_yuan > 0:
        yield block("金额待核实。", remedy="请附测算表。", pack=pack.version)
        yield warn("金额较大。", remedy="请核实。")


@rule("filing", article="27", quote="报备有关信息")
def nothing_to_say(facts: FilingFacts) -> Findings:
    yield from ()


def test_every_finding_carries_the_rule_and_what_it_rests_on():
    first, second = amounts_are_checked(FilingFacts.example(), pack("tinghu-2025"))
    stamp = {
        "rule": "amounts_are_checked",
        "source": "亭财〔2026〕3号",
        "article": "2",
        "clause": "1",
        "quote": "金额须核实",
        "relief": ReliefKind.EXCEPTION,
    }
    for finding in (first, second):
        assert finding.model_dump(include=set(stamp)) == stamp
    assert (first.severity, first.message, first.fact) == (
        "block",
        "金额待核实。",
        {"pack": "tinghu-2025"},
    )
    assert second.severity == "warn"


def test_a_rule_that_finds_nothing_answers_with_nothing():
    assert nothing_to_say(FilingFacts.example()) == ()


def test_a_function_carries_its_own_description():
    described = vars(amounts_are_checked)["__rule__"]
    assert described == RuleInfo(
        "amounts_are_checked",
        "filing",
        Citation("2", "1", "金额须核实", "亭财〔2026〕3号"),
        ReliefKind.EXCEPTION,
    )
    assert amounts_are_checked.__doc__ == "Two findings of one rule."
    plain = vars(nothing_to_say)["__rule__"]
    assert (plain.citation.source, plain.relief) == (TITLE, ReliefKind.NONE)


def test_a_rule_enters_by_the_hook_of_its_gate_under_its_own_name():
    module = ModuleType("department")
    for function in (amounts_are_checked, nothing_to_say):
        setattr(module, function.__name__, function)
    checks = {
        check.rule: check for check in load((module,), installed=False).checks("check_filing")
    }
    assert checks.keys() == {"amounts_are_checked", "nothing_to_say"}
    assert checks["amounts_are_checked"].arguments == ("facts", "pack")
    assert checks["nothing_to_say"].arguments == ("facts",)


@pytest.mark.parametrize(
    "citation", [{"article": 4, "quote": "…"}, {"article": "4", "quote": None}]
)
def test_a_rule_that_cites_no_text_is_no_rule(citation):
    with pytest.raises(TypeError, match="cites in texts"):
        rule("allocation", **citation)


def test_a_rule_with_an_unknown_relief_is_no_rule():
    with pytest.raises(ValueError, match="bogus"):
        rule("allocation", article="4", quote="…", relief="bogus")


def test_a_rule_without_a_gate_is_no_rule():
    with pytest.raises(TypeError, match="names its gate"):
        rule("", article="3", quote="不予分配")
