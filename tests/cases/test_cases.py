"""Cases in tables: what is given, and what the regulation says of it.

`gate_<name>.csv` asks a gate. Each row changes the facts that break no rule; `findings` are the ids
of the rules that speak up, one that only warns in parentheses, one whose refusal an act of the
bureau lifts in brackets. The other tables are about amounts, periods and the duties after final
acceptance. The notice for 2027 is made up: the real one is not out. A row is read against the
regulation, not against the code: whoever changes one says which article made it wrong.
"""

import ast
import csv
import inspect
import json
import re
import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from govproject import gates
from govproject.clock import SHANGHAI
from govproject.facts import FreeOperations
from govproject.gates import Gate
from govproject.plugins import Plugins, load
from govproject.regulation import periods
from govproject.regulation.decide import decide
from govproject.regulation.findings import Decision, Finding
from govproject.regulation.pack import pack
from govproject.terms import ReliefKind
from govproject_acceptance.rules import DUTIES
from govproject_acceptance.rules.accepted import Accepted
from govproject_local.suite import SERVICES, module

FOLDER = Path(__file__).parent
PACK = pack("tinghu-2025")
NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
GATES = {gate.name: gate for gate in vars(gates).values() if isinstance(gate, Gate)}


def rules_of_gates() -> dict[str, Plugins]:
    """By gate: the rules of the service that asks it."""
    found = {}
    for service in SERVICES:
        app = import_module(f"{module(service)}.app")
        rules = load(app.SERVICE.rules, installed=False)
        found |= {gate.name: rules for gate in app.SERVICE.gates}
    return found


RULES = rules_of_gates()


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def value(text: str) -> object:
    """What stands behind a name: JSON, or else the words themselves."""
    try:
        # A number stays text: money is never a binary fraction.
        return json.loads(text, parse_float=str)
    except ValueError:
        return text


def act(kind: str, text: str) -> dict[str, str]:
    """An act of the bureau, from `rule@last-day`. One that was withdrawn is among no facts."""
    rule, _, expires_on = text.partition("@")
    words = {"reason": "应急", "approver": "区数据局", "document": "亭数〔2026〕8号"}
    return {"rule": rule, "kind": kind, "expires_on": expires_on, **words}


def changed(example: dict[str, Any], text: str) -> dict[str, Any]:
    """The example with changes: `name=value`, `name.part=value`, or `name.part=absent`.

    `exception=rule@day` and `bureau_decision=rule@day` are acts on record, as many as there are.
    """
    for name, _, given in (each.partition("=") for each in text.split()):
        if name in set(ReliefKind):
            example["reliefs"] = [*example["reliefs"], act(name, given)]
            continue
        *path, last = name.split(".")
        inner = example
        for part in path:
            inner = inner[part]
        if given == "absent":
            del inner[last]
        else:
            inner[last] = value(given)
    return example


GATE_ROWS = [
    pytest.param(path.stem.removeprefix("gate_"), row, id=f"{path.stem}-{row['case']}")
    for path in sorted(FOLDER.glob("gate_*.csv"))
    for row in rows(path.name)
]


def named(finding: Finding) -> str:
    if finding.severity == "warn":
        return f"({finding.rule})"
    return finding.rule if finding.lifted_by is None else f"[{finding.rule}]"


def decided(gate: str, row: dict[str, str]) -> Decision:
    asked = GATES[gate]
    facts = asked.facts.model_validate(changed(asked.facts.example().model_dump(), row["facts"]))
    return decide(RULES[gate], asked, facts, pack=PACK, at=NOW)


@pytest.mark.parametrize(("gate", "row"), GATE_ROWS)
def test_a_gate(gate, row):
    decision = decided(gate, row)
    said = Counter(named(finding) for finding in decision.findings)
    assert said == Counter(row["findings"].split())
    assert decision.allowed == all(rule.startswith(("(", "[")) for rule in said)
    # What officials are told to do holds no name of a field or a route.
    assert [f.remedy for f in decision.findings if re.search("[a-z_]{3,}", f.remedy)] == []


@pytest.mark.parametrize("row", rows("amounts.csv"), ids=lambda row: row["amount_yuan"])
def test_an_amount(row):
    amount = Decimal(row["amount_yuan"])
    assert PACK.track(amount).value == row["track"]
    assert PACK.needs_fiscal_evaluation(amount) is (row["fiscal_evaluation"] == "yes")
    needs_design = amount >= PACK.preliminary_design_from_yuan
    assert needs_design is (row["preliminary_design"] == "yes")


def notice(year: int) -> dict[date, bool]:
    """A whole year as an imported notice tells it: weekdays, but for the days in its table."""
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    usual = {day: day.isoweekday() <= 5 for day in days if day.year == year}
    told = rows(f"notice_{year}.csv")
    return usual | {date.fromisoformat(row["day"]): row["working"] == "yes" for row in told}


PERIODS = [
    pytest.param(table, row, id=f"{name}-{row['function']}-{row['start']}-{row['count']}")
    for name, table in (("periods", None), ("periods_with_notice", notice(2027)))
    for row in rows(f"{name}.csv")
]


@pytest.mark.parametrize(("table", "row"), PERIODS)
def test_a_period(table, row):
    given = [date.fromisoformat(row["start"])]
    if row["count"]:
        given.append(int(row["count"]))
    if row["function"] != "add_months":
        given.append(table)
    found = getattr(periods, row["function"])(*given)
    expected = date.fromisoformat(row["day"])
    if row["function"] == "add_months":
        assert found == expected
    else:
        assert found == (expected, row["provisional"] == "yes")


def laid_down(accepted: Accepted) -> list[str]:
    """Each duty as `rule`, or `rule@day`, with a question mark while the day is provisional."""
    duties = [duty for lay_down in DUTIES if (duty := lay_down(accepted, PACK)) is not None]
    return [
        duty.rule if due is None else f"{duty.rule}@{due.day}{'?' * due.provisional}"
        for duty, due in ((duty, duty.due()) for duty in duties)
    ]


def free_operations(months: str) -> list[FreeOperations]:
    """One contract for each number of months."""
    return [
        FreeOperations(contractor=f"承建单位{lot}", months=int(each))
        for lot, each in enumerate(months.split(","), start=1)
    ]


@pytest.mark.parametrize("row", rows("duties.csv"), ids=lambda row: row["case"])
def test_the_duties_after_final_acceptance(row):
    readers = {
        "surplus_yuan": Decimal,
        "in_operation_on": date.fromisoformat,
        "free_ops": free_operations,
        "content_changed": lambda text: text == "true",
    }
    pairs = (each.partition("=") for each in row["accepted"].split())
    changes = {name: readers.get(name, str)(given) for name, _, given in pairs}
    accepted = Accepted.example(date.fromisoformat(row["passed_on"]), **changes)
    assert laid_down(accepted) == row["duties"].split()


def test_the_tables_are_large_enough_to_mean_something():
    tables = {path.name: len(rows(path.name)) for path in FOLDER.glob("*.csv")}
    assert sum(tables.values()) >= 300
    assert set(GATES) <= {row.values[0] for row in GATE_ROWS}


def facts_of(row: dict[str, str]) -> tuple[str, ...]:
    """What a row says, in whatever order."""
    return tuple(sorted(row["facts"].split()))


@pytest.mark.parametrize("gate", GATES)
def test_no_two_rows_of_a_table_are_about_the_same_facts(gate):
    cases = defaultdict(list)
    for row in rows(f"gate_{gate}.csv"):
        cases[facts_of(row)].append(row["case"])
    assert [alike for alike in cases.values() if len(alike) > 1] == []


def test_every_refusal_that_can_be_lifted_is_lifted_in_the_tables_and_runs_out():
    told = {
        (gate, finding)
        for gate, row in (p.values for p in GATE_ROWS)
        for finding in row["findings"].split()
        if "@" in row["facts"]
    }
    liftable = {
        (gate, check.rule)
        for gate in GATES
        for check in RULES[gate].checks(GATES[gate].hook)
        if check.info is not None and check.info.relief is not ReliefKind.NONE
    }
    assert liftable == {(gate, each.strip("[]")) for gate, each in told if each.startswith("[")}
    assert liftable <= told


def test_every_rule_of_a_gate_is_in_the_tables():
    spoken = {
        (gate, rule.strip("()[]"))
        for gate, row in (param.values for param in GATE_ROWS)
        for rule in row["findings"].split()
    }
    rules = {(gate, check.rule) for gate in GATES for check in RULES[gate].checks(GATES[gate].hook)}
    assert rules == spoken


def places(rules: ModuleType, severity: str) -> list[int]:
    """The lines on which a module names a severity, to say something of it there or further on."""
    tree = ast.parse(inspect.getsource(rules))
    return sorted(
        node.lineno for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == severity
    )


def test_everything_that_a_rule_can_say_is_in_the_tables(monkeypatch):
    said = set()

    def recorded(say: Callable[..., Finding], lines: list[int]) -> Callable[..., Finding]:
        def speaks(*given: Any, **further: Any) -> Finding:
            frame = sys._getframe(1)
            line = lines[bisect_right(lines, frame.f_lineno) - 1]
            said.add((frame.f_globals["__name__"], say.__name__, line))
            return say(*given, **further)

        return speaks

    of_rules = tuple(f"{module(service)}.rules." for service in SERVICES)
    sayable = set()
    for name, rules in list(sys.modules.items()):
        for severity in ("block", "warn"):
            if name.startswith(of_rules) and (lines := places(rules, severity)):
                sayable |= {(name, severity, line) for line in lines}
                monkeypatch.setattr(rules, severity, recorded(getattr(rules, severity), lines))
    for param in GATE_ROWS:
        decided(*param.values)
    assert sayable - said == set()
