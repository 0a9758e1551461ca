import pytest

from govproject import ArchiveFacts
from govproject.regulation.text import quotes
from govproject.terms import ReliefKind
from govproject_archive.rules import article_41_handover as article

RULES = {
    "unreviewed_volumes": article.volume_review,
    "unlisted_volumes": article.handover_list,
    "uncounted_volumes": article.both_sides_count,
}


@pytest.mark.parametrize(("fact", "rule"), RULES.items())
@pytest.mark.parametrize("titles", [(), ("立项卷",), ("立项卷", "合同卷")])
def test_each_volume_that_stopped_half_way_is_named(fact, rule, titles):
    findings = rule(ArchiveFacts.example(**{fact: titles}))
    assert [finding.fact for finding in findings] == [{"volume": title} for title in titles]
    assert {f.severity for f in findings} <= {"block"}


@pytest.mark.parametrize(("fact", "rule"), RULES.items())
def test_a_rule_looks_at_its_own_step_only(fact, rule):
    others = {other: ("立项卷",) for other in RULES if other != fact}
    assert rule(ArchiveFacts.example(**others)) == ()


@pytest.mark.parametrize("rule", RULES.values())
def test_the_citation_is_article_41s(rule):
    info = rule.__rule__
    assert info.citation.article == "41"
    assert info.relief is ReliefKind.NONE
    assert quotes("41", info.citation.quote)
