"""The ledger: which duty of the regulation is which function, and which tests hold it.

`duties.csv`, beside the regulation's text, lists every duty that can be told apart. Rules are found
in the services' code by their decorator. A duty that is a flow rather than a rule (a state, a
deadline, an event) has a line in `flows.csv`, and one that software cannot do in `exemptions.csv`.
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
    """One duty. `kind` is `rule` or `flow`; `tests` are files, or `file::test` for a flow."""

    id: str
    article: str
    clause: str
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
    article: str
    clause: str
    exempt: str

    def as_json(self) -> dict[str, Any]:
        """For `rules --json`."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something the regulation demands, allows or forbids."""

    id: str
    article: str
    clause: str


def duties() -> list[Duty]:
    """Every duty of the regulation, in its order."""
    return [Duty(**row) for row in _table("duties.csv")]


def exemptions() -> list[Exemption]:
    """The duties that software cannot do, in order of article."""
    reasons = {row["id"]: row["why"] for row in _table("exemptions.csv")}
    return [
        Exemption(duty.id, duty.article, duty.clause, reasons[duty.id])
        for duty in duties()
        if duty.id in reasons
    ]


def missing() -> list[Duty]:
    """The duties that nothing carries yet and that nobody exempted."""
    carried = {entry.id for entry in entries()} | {each.id for each in exemptions()}
    return [duty for duty in duties() if duty.id not in carried]


def entries() -> list[Entry]:
    """Every duty that the code carries, in order of article."""
    found = [*_rules(), *_flows()]
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


def _rules() -> Iterator[Entry]:
    for service in SERVICES:
        for rules, info in rules_of(service):
            if info.citation.source == TITLE:
                yield Entry(
                    info.id,
                    info.citation.article,
                    info.citation.clause,
                    service,
                    "rule",
                    rules.__name__,
                    info.id,
                    _tests(service, info.id),
                )


def _flows() -> Iterator[Entry]:
    for row in _table("flows.csv"):
        name, _, function = row["where"].partition(":")
        yield Entry(
            row["id"],
            row["article"],
            row["clause"],
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
