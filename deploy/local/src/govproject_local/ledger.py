"""The ledger: which duty of the regulation is which function, and which tests hold it.

`duties.csv`, beside the regulation's text, lists every duty that can be told apart. Rules are found
in the services' code by their decorator. A duty that is a flow rather than a rule (a state, a
deadline, an event) has a line in `flows.csv`, and one that software cannot do in `exemptions.csv`.
Further rules hold a duty where it could be got around; they are no duties by themselves. What
officials call each, duty or rule, stands in `titles.csv`.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

from govproject.regulation.rule import RuleInfo
from govproject.regulation.text import TITLE
from govproject_local.paths import ROOT
from govproject_local.suite import SERVICES, module

_CHINESE = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Entry:
    """What carries a duty. `kind` is `rule` or `flow`; `tests` are files, or `file::test`."""

    id: str
    title: str
    """What officials call it."""
    is_duty: bool
    """Whether it is one of `duties.csv`, and not a further rule that holds one."""
    article: str
    clause: str
    quote: str
    """The words of the article that it rests on."""
    service: str
    kind: str
    module: str
    function: str
    tests: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """For `rules --json`."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Exemption:
    """A duty that software cannot do, and why; officials read the reason."""

    id: str
    title: str
    is_duty: bool
    article: str
    clause: str
    quote: str
    exempt: str

    def as_json(self) -> dict[str, Any]:
        """For `rules --json`."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something the regulation demands, allows or forbids, and the words that do.

    Without words where something is missing in the text.
    """

    id: str
    article: str
    clause: str
    quote: str


@dataclass(frozen=True, slots=True)
class Summary:
    """How many duties there are, and what carries them."""

    duties: int
    exempt: int
    missing: int
    rules: int
    flows: int
    further: int
    """Rules that are no duty by themselves, each counted once."""

    def in_words(self) -> str:
        """For a terminal.

        >>> Summary(167, 9, 0, rules=130, flows=28, further=49).in_words()
        '167 duties: 130 by rules, 28 by flows, 9 exempt, 0 missing; + 49 further rules'
        """
        return (
            f"{self.duties} duties: {self.rules} by rules, {self.flows} by flows,"
            f" {self.exempt} exempt, {self.missing} missing; + {self.further} further rules"
        )


def summary() -> Summary:
    """What the ledger comes to. A duty that a rule and a flow carry counts with the rules."""
    found = entries()
    by_rule = {entry.id for entry in found if entry.is_duty and entry.kind == "rule"}
    by_flow = {entry.id for entry in found if entry.is_duty and entry.kind == "flow"} - by_rule
    return Summary(
        duties=len(duties()),
        exempt=len(exemptions()),
        missing=len(missing()),
        rules=len(by_rule),
        flows=len(by_flow),
        further=len({entry.id for entry in found if not entry.is_duty}),
    )


def duties() -> list[Duty]:
    """Every duty of the regulation, in its order."""
    return [Duty(**row) for row in _table("duties.csv")]


def titles() -> dict[str, str]:
    """What officials call each duty and each further rule, by its id."""
    return {row["id"]: row["title"] for row in _table("titles.csv")}


def exemptions() -> list[Exemption]:
    """The duties that software cannot do, in order of article."""
    reasons = {row["id"]: row["why"] for row in _table("exemptions.csv")}
    named = titles()
    return [
        Exemption(
            duty.id,
            named.get(duty.id, duty.id),
            is_duty=True,
            article=duty.article,
            clause=duty.clause,
            quote=duty.quote,
            exempt=reasons[duty.id],
        )
        for duty in duties()
        if duty.id in reasons
    ]


def missing() -> list[Duty]:
    """The duties that nothing carries yet and that nobody exempted."""
    carried = {entry.id for entry in entries()} | {each.id for each in exemptions()}
    return [duty for duty in duties() if duty.id not in carried]


def entries() -> list[Entry]:
    """Every duty that the code carries, in order of article."""
    named, known = titles(), {duty.id: duty for duty in duties()}
    found = [*_rules(named, known), *_flows(named, known)]
    return sorted(
        found, key=lambda entry: (int(entry.article), _place(entry.clause), entry.service)
    )


def _place(clause: str) -> list[int]:
    """Where a clause stands in its article: numbers by value, Chinese ones as well."""
    found = re.findall(r"[0-9]+|[一二三四五六七八九]", clause)
    return [int(each) if each.isdigit() else _CHINESE.index(each) for each in found]


def rules_of(service: str) -> Iterator[tuple[ModuleType, RuleInfo]]:
    """A service's own rules with the module each stands in."""
    for rules in import_module(f"{module(service)}.rules").MODULES:
        for value in vars(rules).values():
            if isinstance(info := getattr(value, "__rule__", None), RuleInfo):
                yield rules, info


def _rules(named: dict[str, str], known: dict[str, Duty]) -> Iterator[Entry]:
    for service in SERVICES:
        for rules, info in rules_of(service):
            if info.citation.source == TITLE:
                yield Entry(
                    info.id,
                    named.get(info.id, info.id),
                    info.id in known,
                    info.citation.article,
                    info.citation.clause,
                    info.citation.quote,
                    service,
                    "rule",
                    rules.__name__,
                    info.id,
                    _tests(service, info.id),
                )


def _flows(named: dict[str, str], known: dict[str, Duty]) -> Iterator[Entry]:
    for row in _table("flows.csv"):
        name, _, function = row["where"].partition(":")
        yield Entry(
            row["id"],
            named.get(row["id"], row["id"]),
            row["id"] in known,
            row["article"],
            row["clause"],
            known[row["id"]].quote,
            row["service"],
            "flow",
            name,
            function,
            (row["test"],),
        )


def _tests(service: str, name: str) -> tuple[str, ...]:
    word = re.compile(rf"\b{re.escape(name)}\b")
    folder = ROOT / "services" / service / "tests"
    if not folder.is_dir():
        return ()
    return tuple(
        str(path.relative_to(ROOT))
        for path in sorted(folder.rglob("test_*.py"))
        if word.search(Path(path).read_text(encoding="utf-8"))
    )


def _table(name: str) -> Iterator[dict[str, str]]:
    text = files("govproject.regulation").joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())
