"""What the demo prints: chapters in English, tables of outcomes, the sentence that a unit reads."""

import sys
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

_WIDTH = 150
_WAN = 10_000


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
        """A table of outcomes."""
        table = Table(box=box.SIMPLE, pad_edge=False, show_edge=False, expand=True)
        table.add_column("project 项目", width=38, overflow="fold")
        table.add_column("万元", justify="right", width=9, no_wrap=True)
        table.add_column("track", no_wrap=True)
        table.add_column("who", no_wrap=True)
        table.add_column("outcome", width=9, overflow="fold")
        table.add_column("article", width=13, overflow="fold")
        table.add_column("what the unit reads 告知", ratio=1, overflow="fold")
        for line in lines:
            colour = {"granted": "green", "allowed": "green", "refused": "red"}.get(line.outcome)
            outcome = f"[{colour}]{line.outcome}[/{colour}]" if colour else line.outcome
            self.granted += line.outcome == "granted"
            self.refused += line.outcome == "refused"
            table.add_row(
                line.project,
                _wan(line.budget_yuan),
                line.track,
                line.who,
                outcome,
                line.articles,
                line.sentence,
            )
        with self._console.capture() as capture:
            self._console.print(table)
        for text in capture.get().splitlines():
            sys.stdout.write(f"{text.rstrip()}\n")


def _wan(yuan: Decimal | None) -> str:
    return "—" if yuan is None else f"{yuan / _WAN:,.3f}".rstrip("0").rstrip(".")


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
