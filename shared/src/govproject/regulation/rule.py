"""The decorator that makes a function a rule: it names the gate and cites the clause.

A rule is pure: facts in, findings out. Its name is its id in the ledger, in findings and in
recorded exceptions.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec

from govproject.hookspecs import hookimpl
from govproject.regulation.citation import Citation
from govproject.regulation.findings import Finding, Findings
from govproject.regulation.text import TITLE
from govproject.terms import ReliefKind

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What the ledger and the documents know of a rule."""

    id: str
    gate: str
    citation: Citation
    relief: ReliefKind


def rule(
    gate: str,
    *,
    article: str,
    clause: str = "",
    quote: str,
    relief: ReliefKind = ReliefKind.NONE,
    source: str = TITLE,
) -> Callable[[Callable[P, Findings]], Callable[P, tuple[Finding, ...]]]:
    """Register a generator of findings as one rule of `gate`.

    The function takes `facts` and, if it wants thresholds, `pack`. `relief` says what can lift its
    refusal: 原则上 → `EXCEPTION`, 可 → `BUREAU_DECISION`, 不得/须/应当 → `NONE`.

    Raises:
        TypeError: the gate's name is empty (the plugin loader checks that it exists).
    """
    if not gate:
        raise TypeError("a rule names its gate, for example @rule('allocation', ...)")
    citation = Citation(article, clause, quote, source)

    def register(function: Callable[P, Findings]) -> Callable[P, tuple[Finding, ...]]:
        name = function.__name__
        stamp = {
            "rule": name,
            "source": source,
            "article": article,
            "clause": clause,
            "quote": quote,
            "relief": relief,
        }

        @wraps(function)
        def findings(*args: P.args, **kwargs: P.kwargs) -> tuple[Finding, ...]:
            return tuple(f.model_copy(update=stamp) for f in function(*args, **kwargs))

        findings.__rule__ = RuleInfo(name, gate, citation, relief)  # type: ignore[attr-defined]  # a function carries its own description
        return hookimpl(specname=f"check_{gate}")(findings)

    return register
