from itertools import chain, combinations

import pytest

from govproject import AllocationFacts
from govproject.terms import FilingCondition
from govproject_cloud_alloc.rules.article_26_filing_conditions import (
    filing_crypto_xinchuang,
    filing_duplicate,
    filing_no_data_catalogue,
    filing_no_shared_resources,
    filing_security,
)

RULES = {
    FilingCondition.DUPLICATE: (filing_duplicate, "（一）"),
    FilingCondition.NO_SHARED_RESOURCES: (filing_no_shared_resources, "（二）"),
    FilingCondition.NO_DATA_CATALOGUE: (filing_no_data_catalogue, "（三）"),
    FilingCondition.SECURITY: (filing_security, "（四）"),
    FilingCondition.CRYPTO_XINCHUANG: (filing_crypto_xinchuang, "（五）"),
}
DECLARED = list(chain.from_iterable(combinations(FilingCondition, n) for n in range(6)))


def test_the_five_conditions_have_a_rule_each():
    assert RULES.keys() == set(FilingCondition)


@pytest.mark.parametrize("declared", DECLARED, ids=lambda value: "+".join(value) or "none")
def test_each_condition_declared_blocks_by_its_own_rule_and_no_other(declared):
    facts = AllocationFacts.example(track="filing", filing_conditions=declared)
    for condition, (rule, clause) in RULES.items():
        found = rule(facts)
        assert len(found) == (condition in declared)
        for finding in found:
            assert finding.rule == rule.__name__
            assert (finding.article, finding.clause) == ("26", clause)
            assert (finding.severity, finding.relief) == ("block", "exception")
            assert finding.fact == {"condition": condition.value}
            assert condition.zh in finding.message


@pytest.mark.parametrize("track", ["full_process", None])
def test_the_article_speaks_of_the_filing_track(track):
    facts = AllocationFacts.example(track=track, filing_conditions=list(FilingCondition))
    assert [finding for rule, _ in RULES.values() for finding in rule(facts)] == []
