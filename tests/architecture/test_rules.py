"""Every rule cites words that the regulation says, stands where its name says, and is tested."""

import ast
import re
from collections import Counter
from functools import cache
from importlib import import_module
from operator import attrgetter
from pathlib import Path

import pytest

from govproject import hookspecs
from govproject.regulation.text import TITLE, articles, quotes
from govproject_local.ledger import (
    Entry,
    duties,
    entries,
    exemptions,
    missing,
    rules_of,
    titles,
)
from govproject_local.paths import ROOT
from govproject_local.suite import SERVICES, module

RULES = [(service, rules, info) for service in SERVICES for rules, info in rules_of(service)]
LEDGER = entries()
FLOWS = [entry for entry in LEDGER if entry.kind == "flow"]


@pytest.mark.parametrize(("service", "rules", "info"), RULES, ids=lambda v: getattr(v, "id", None))
def test_a_rule_quotes_the_article_it_cites(service, rules, info):
    assert info.citation.source == TITLE
    assert quotes(info.citation.article, info.citation.quote)


@pytest.mark.parametrize(("service", "rules", "info"), RULES, ids=lambda v: getattr(v, "id", None))
def test_a_rule_stands_in_the_module_of_its_article(service, rules, info):
    number = re.fullmatch(r".*\.article_(\d\d)_[a-z_]+", rules.__name__)
    assert number is not None
    assert int(number[1]) == int(info.citation.article)


@pytest.mark.parametrize(("service", "rules", "info"), RULES, ids=lambda v: getattr(v, "id", None))
def test_a_rule_belongs_to_a_gate_and_shows_an_example(service, rules, info):
    assert hasattr(hookspecs, f"check_{info.gate}")
    assert ">>>" in (getattr(rules, info.id).__doc__ or "")
    assert f"第{info.citation.article}条" in (rules.__doc__ or "")


@pytest.mark.parametrize("service", SERVICES)
def test_the_table_of_contents_is_whole_and_in_order(service):
    contents = import_module(f"{module(service)}.rules")
    folder = ROOT / "services" / service / "src" / module(service) / "rules"
    on_disk = [path.stem for path in folder.glob("article_*.py")]
    assert on_disk
    assert [name for name in on_disk if not hasattr(contents, name)] == []
    articles_in_order = [rules.__name__.rpartition(".")[2][:10] for rules in contents.MODULES]
    assert articles_in_order == sorted(articles_in_order)


@pytest.mark.parametrize("service", SERVICES)
def test_a_readme_lists_every_rule(service):
    readme = (ROOT / "services" / service / "README.md").read_text(encoding="utf-8")
    [section] = re.findall(r"(?ms)^## [^\n]*[Rr]ules$(.*?)^## ", readme)
    named = set(re.findall(r"`([a-z0-9_]+)`", section))
    # Several of one beginning may be named by it: the nine `veto_…`.
    beginnings = tuple(re.findall(r"`([a-z0-9_]+)…`", section))
    ids = {info.id for _, info in rules_of(service)}
    assert {each for each in ids - named if not each.startswith(beginnings)} == set()


@pytest.mark.parametrize("entry", LEDGER, ids=lambda entry: f"{entry.service}-{entry.id}")
def test_a_duty_in_the_ledger_is_tested(entry: Entry):
    assert entry.tests, f"{entry.module}:{entry.function} is named by no test of {entry.service}"
    for path in entry.tests:
        assert "def test_" in (ROOT / path.partition("::")[0]).read_text(encoding="utf-8")


@cache
def code_words(path: str) -> set[str]:
    """What a module names and says in its code: no import, comment or docstring counts."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    prose = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return names.union(
        *(
            re.findall(r"\w+", node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in prose
        )
    )


@pytest.mark.parametrize(
    "entry",
    [entry for entry in LEDGER if entry.kind == "rule"],
    ids=lambda entry: f"{entry.service}-{entry.id}",
)
def test_a_rule_is_asked_in_the_tests_of_its_own_module(entry: Entry):
    own = f"services/{entry.service}/tests/rules/test_{entry.module.rpartition('.')[2]}.py"
    rules = vars(import_module(entry.module))
    asked_by = {entry.function} | {
        name
        for name, held in rules.items()
        if isinstance(held, dict) and rules[entry.function] in held.values()
    }
    assert asked_by & code_words(own)


@pytest.mark.parametrize("entry", LEDGER, ids=lambda entry: f"{entry.service}-{entry.id}")
def test_a_duty_in_the_ledger_is_carried_by_code(entry: Entry):
    assert callable(attrgetter(entry.function)(import_module(entry.module)))


def test_a_duty_in_the_ledger_stands_at_its_article_and_clause():
    places = {duty.id: (duty.article, duty.clause) for duty in duties()}
    # (二)a is the first of two duties that (二) lays down.
    one_of_two = re.compile(r"(?<=\))[a-z]$")
    assert [
        entry
        for entry in LEDGER
        if (place := places.get(entry.id)) is not None
        and (entry.article, entry.clause) not in (place, (place[0], one_of_two.sub("", place[1])))
    ] == []


@pytest.mark.parametrize("entry", FLOWS, ids=lambda entry: f"{entry.service}-{entry.id}")
def test_a_flow_is_tested_where_its_function_is(entry: Entry):
    [(path, *_, test)] = [each.split("::") for each in entry.tests]
    whole = (ROOT / path).read_text(encoding="utf-8")
    of_the_module = Path(path).stem == f"test_{entry.module.rpartition('.')[2]}"
    [body] = re.findall(rf"def {test}\(.*?(?=\n\s*def |\Z)", whole, re.DOTALL)
    assert of_the_module or re.search(rf"\b{entry.function}\b", body)


def test_no_two_flows_are_held_by_one_test():
    assert [test for test, n in Counter(flow.tests for flow in FLOWS).items() if n > 1] == []


def test_a_duty_has_one_function_in_a_service():
    seen = [(entry.service, entry.id, entry.module) for entry in LEDGER]
    assert len(seen) == len(set(seen))
    by_service = [(entry.service, entry.id) for entry in LEDGER]
    assert len(by_service) == len(set(by_service))


def test_every_duty_is_carried_or_exempted():
    assert len(duties()) == len({duty.id for duty in duties()}) == 167
    assert missing() == []


def test_a_duty_quotes_its_article():
    for duty in duties():
        assert quotes(duty.article, duty.quote) or (duty.article, duty.quote) == ("0", ""), duty.id


def test_each_duty_and_each_further_rule_has_one_chinese_title():
    named = titles()
    assert named.keys() == {duty.id for duty in duties()} | {entry.id for entry in LEDGER}
    assert len(set(named.values())) == len(named)
    assert all(re.search(r"[\u4e00-\u9fff]", title) for title in named.values())


def test_an_exemption_is_rare_has_a_reason_and_stands_for_a_duty():
    assert len(exemptions()) < 35
    carried = {entry.id for entry in LEDGER}
    for exemption in exemptions():
        assert exemption.id not in carried
        assert exemption.exempt.endswith("。")
        assert exemption.article in {"0", *articles()}
