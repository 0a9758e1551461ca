"""How rules are asked: facts that break nothing, with changes, under the pack in force."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from govproject import Finding
from govproject.gates import ACCEPTANCE, EVALUATION, OPERATION
from govproject.regulation.pack import pack
from govproject.regulation.text import quotes

Ask = Callable[..., list[tuple[str, dict[str, Any]]]]
FACTS = {gate.name: gate.facts for gate in (ACCEPTANCE, OPERATION, EVALUATION)}


@pytest.fixture
def findings() -> Callable[..., tuple[Finding, ...]]:
    """Findings of a rule on its gate's example with changes, each properly cited."""

    def ask(rule: Callable[..., tuple[Finding, ...]], **facts: object) -> tuple[Finding, ...]:
        thresholds = (pack("tinghu-2025"),) if "pack" in inspect.signature(rule).parameters else ()
        gate = rule.__rule__.gate  # type: ignore[attr-defined]  # the decorator sets it
        found = rule(FACTS[gate].example(**facts), *thresholds)
        for finding in found:
            assert finding.rule == rule.__name__
            assert quotes(finding.article, finding.quote)
            assert finding.relief == "none"
        return found

    return ask


@pytest.fixture
def severities(findings: Callable[..., tuple[Finding, ...]]) -> Callable[..., list[str]]:
    """Only how severe each finding is."""
    return lambda rule, **facts: [finding.severity for finding in findings(rule, **facts)]
