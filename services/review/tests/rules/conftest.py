"""Rules are pure: a table of facts, and who finds what."""

from collections.abc import Callable
from inspect import signature

import pytest

from govproject import Facts, Finding, RulePack
from govproject.regulation.pack import pack
from govproject.regulation.text import quotes


@pytest.fixture
def tinghu() -> RulePack:
    return pack("tinghu-2025")


@pytest.fixture
def finds(tinghu: RulePack) -> Callable[..., tuple[Finding, ...]]:
    """Ask one rule, and check that what it finds cites what the article says."""

    def ask(rule: Callable[..., tuple[Finding, ...]], facts: Facts) -> tuple[Finding, ...]:
        info = rule.__rule__  # type: ignore[attr-defined]  # set by the decorator
        wants_pack = "pack" in signature(rule).parameters
        found = rule(facts, tinghu) if wants_pack else rule(facts)
        assert quotes(info.citation.article, info.citation.quote)
        for finding in found:
            assert (finding.rule, finding.article) == (info.id, info.citation.article)
            assert finding.message.endswith("。")
            assert finding.remedy.endswith("。")
        return found

    return ask
