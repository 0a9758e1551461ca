"""The decorator that makes a function a rule: it names the gate and cites the clause.

A rule is pure: facts in, findings out. Its name is its id in the ledger, in findings and in
recorded exceptions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from itertools import islice
from typing import ParamSpec

from govproject.hookspecs import hookimpl
from govproject.regulation.citation import Citation
from govproject.regulation.findings import MOST_FINDINGS, Finding, Findings
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
        TypeError: the gate's name is empty (the plugin loader checks that it exists), or part of
            the citation is no text.
        ValueError: there is no such relief.
    """
    if not gate:
        raise TypeError("a rule names its gate, for example @rule('allocation', ...)")
    if not all(isinstance(text, str) for text in (article, clause, quote, source)):
        raise TypeError("a rule cites in texts, for example @rule(..., article='3', quote='…')")
    relief = ReliefKind(relief)
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
            found = function(*args, **kwargs)
            if isinstance(found, str | Mapping):
                # Empty, it would pass for "nothing found".
                raise TypeError(f"a rule yields findings, and this one returned {found!r}")
            # One more than is allowed: `decide` then says so.
            return tuple(f.model_copy(update=stamp) for f in islice(found, MOST_FINDINGS + 1))

        findings.__rule__ = RuleInfo(name, gate, citation, relief)  # type: ignore[attr-defined]  # a function carries its own description
        return hookimpl(specname=f"check_{gate}")(findings)

    return register
