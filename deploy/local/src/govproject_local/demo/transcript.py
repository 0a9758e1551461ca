"""What the demo prints: chapters in English, tables of outcomes, the sentence that a unit reads."""

import re
import sys
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

_WIDTH = 150
_WAN = 10_000
_HEADINGS = ("万元", "track", "who", "outcome", "article")
_BETWEEN = 3
_WIDEST_PROJECT = 38
_LEAST = 18
_ARTICLES = 13
_COLOURS = {"granted": "green", "allowed": "green", "refused": "red"}
# What is never parted: a number with its unit, a word; and what closes stays with what it closes.
_WHOLE = re.compile(
    r"[（“《〔]*(?:第?[0-9A-Za-z](?:[0-9A-Za-z,.:/_%-]*[0-9A-Za-z%])?(?:万元|亿元|[元年月日人个台条款号])?"
    r"|.)[，。、；：）”》〕]*",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One outcome: of whom, how large, on which track, who asked, what came of it, and why."""

    project: str
    budget_yuan: Decimal | None
    track: str
    who: str
    outcome: str
    articles: str
    sentence: str


class Transcript:
    """Prints as the story goes, and counts what it printed."""

    def __init__(self, console: Console | None = None) -> None:
        width = None if sys.stdout.isatty() else _WIDTH
        self._console = console or Console(width=width, highlight=False, soft_wrap=False)
        self._chapter = 0
        self.granted = 0
        self.refused = 0

    def chapter(self, title: str, narration: str) -> None:
        """Begin a chapter."""
        self._chapter += 1
        self._console.print(f"\n[bold]{self._chapter}. {title}[/bold]")
        self._console.print(narration)

    def say(self, text: str) -> None:
        """A line of narration."""
        self._console.print(text)

    def plain(self, text: str) -> None:
        """A line exactly as it is."""
        self._console.print(text, markup=False, soft_wrap=True)

    def table(self, lines: list[Line]) -> None:
        """A table of outcomes; on a narrow terminal, one below the other."""
        self.granted += sum(line.outcome == "granted" for line in lines)
        self.refused += sum(line.outcome == "refused" for line in lines)
        with self._console.capture() as capture:
            columns = _columns(lines, self._console.width)
            if columns is None:
                self._list(lines)
            else:
                self._console.print(_table(lines, columns))
        for text in capture.get().splitlines():
            sys.stdout.write(f"{text.rstrip()}\n")

    def _list(self, lines: list[Line]) -> None:
        for line in lines:
            self._wrapped(line.project)
            amount = "" if line.budget_yuan is None else f"{_wan(line.budget_yuan)}万元"
            facts = (amount, line.track, line.who, line.outcome, line.articles)
            self._wrapped(" · ".join(filter(None, facts)), "  ", _COLOURS.get(line.outcome, ""))
            self._wrapped(line.sentence, "    ")

    def _wrapped(self, text: str, indent: str = "", style: str = "") -> None:
        for each in wrapped(text, self._console.width - len(indent)):
            self._console.print(Text(indent + each, style=style), no_wrap=True)


class _Columns(NamedTuple):
    """The widths of the two columns that are wrapped; the others take what they need."""

    project: int
    sentence: int


def _columns(lines: list[Line], width: int) -> _Columns | None:
    """How a table fits into the width; None when its sentences would get too narrow."""
    cells = [_HEADINGS, *(_cells(line) for line in lines)]
    taken = sum(
        max(map(cell_len, "\n".join(column).split("\n"))) for column in zip(*cells, strict=True)
    )
    free = width - taken - _BETWEEN * (len(_HEADINGS) + 1)
    project = min(_WIDEST_PROJECT, free // 3)
    return _Columns(project, free - project) if project >= _LEAST else None


def _cells(line: Line) -> tuple[str, ...]:
    """What is never cut: amount, track, who, outcome, articles."""
    articles = "\n".join(wrapped(line.articles, _ARTICLES))
    return (_wan(line.budget_yuan), line.track, line.who, line.outcome, articles)


def _table(lines: list[Line], columns: _Columns) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False, show_edge=False)
    amount, *others = _HEADINGS
    table.add_column("project 项目", width=columns.project, no_wrap=True)
    table.add_column(amount, justify="right", no_wrap=True)
    for heading in others:
        table.add_column(heading, no_wrap=True)
    table.add_column("what the unit reads 告知", width=columns.sentence, no_wrap=True)
    for line in lines:
        wan, track, who, outcome, articles = _cells(line)
        table.add_row(
            *map(Text, ("\n".join(wrapped(line.project, columns.project)), wan, track, who)),
            Text(outcome, style=_COLOURS.get(outcome, "")),
            *map(Text, (articles, "\n".join(wrapped(line.sentence, columns.sentence)))),
        )
    return table


def wrapped(text: str, width: int) -> list[str]:
    """Lines that fit; a number stays with its unit, a word and an article whole.

    >>> wrapped("预算1,050万元，依据第27条。", 12)
    ['预算', '1,050万元，', '依据第27条。']
    """
    lines, free = [""], width
    for word in _WHOLE.findall(text):
        parts = [word] if cell_len(word) <= width else list(word)
        for part in parts:
            if cell_len(part.rstrip()) > free:
                lines.append("")
                free = width
            if lines[-1] or not part.isspace():
                lines[-1] += part
                free -= cell_len(part)
    return [line.rstrip() for line in lines]


def _wan(yuan: Decimal | None) -> str:
    """An amount in 万元, to the fen.

    >>> _wan(Decimal("10500000.00")), _wan(Decimal("12345678.91")), _wan(None)
    ('1,050', '1,234.567891', '—')
    """
    return "—" if yuan is None else f"{yuan / _WAN:,.6f}".rstrip("0").rstrip(".")


def cited(findings: list[dict[str, Any]]) -> tuple[str, str]:
    """The articles that a refusal rests on, and the sentence and remedy of the first."""
    blocking = [f for f in findings if f["severity"] == "block" and f["lifted_by"] is None]
    leading, *others = dict.fromkeys(_name(finding) for finding in blocking)
    also = f"（另有{'、'.join(others)}）" if others else ""
    first = blocking[0]
    return f"{leading}{also}", f"{first['message']}{first['remedy']}"


def _name(finding: dict[str, Any]) -> str:
    own = finding["source"].startswith("亭湖区政务信息化项目管理实施细则")
    return f"{'' if own else finding['source']}第{finding['article']}条"
