from datetime import date
from itertools import chain, combinations

import pytest

from govproject import ContractFacts, FilingFacts
from govproject.terms import FilingCondition, Track
from govproject_intake.rules import article_26_filing as article
from govproject_intake.rules.article_26_filing import (
    filing_crypto_xinchuang,
    filing_duplicate,
    filing_internal_review,
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
    # The names for which exceptions are granted: `standing_conditions` looks for them.
    assert {condition: rule.__name__ for condition, (rule, _) in RULES.items()} == {
        condition: f"filing_{condition.value}" for condition in FilingCondition
    }


@pytest.mark.parametrize("declared", DECLARED, ids=lambda value: "+".join(value) or "none")
@pytest.mark.parametrize("track", Track)
def test_who_declares_a_condition_signs_nothing(track, declared):
    facts = ContractFacts.example(track=track, excluded=declared)
    found = [finding.severity for finding in article.no_contract_in_an_excluded_case(facts)]
    assert found == ["block"] * bool(declared and track is Track.FILING)


@pytest.mark.parametrize("declared", DECLARED, ids=lambda value: "+".join(value) or "none")
def test_each_condition_declared_blocks_by_its_own_rule_and_no_other(declared):
    facts = FilingFacts.example(conditions=declared)
    for condition, (rule, clause) in RULES.items():
        found = rule(facts)
        assert len(found) == (condition in declared)
        for finding in found:
            assert finding.rule == rule.__name__
            assert (finding.article, finding.clause) == ("26", clause)
            assert (finding.severity, finding.relief) == ("block", "exception")
            assert finding.fact == {"condition": condition.value}
            assert condition.zh in finding.message


@pytest.mark.parametrize("reviewed", [date(2020, 1, 1), date(2026, 8, 2), date(2026, 8, 3)])
def test_an_internal_review_that_has_taken_place(reviewed):
    assert filing_internal_review(FilingFacts.example(internal_review_on=reviewed)) == ()


@pytest.mark.parametrize("reviewed", [None, date(2026, 8, 4), date(2027, 1, 1)])
def test_an_internal_review_that_has_not(reviewed):
    (finding,) = filing_internal_review(FilingFacts.example(internal_review_on=reviewed))
    assert (finding.rule, finding.article, finding.clause, finding.relief) == (
        "filing_internal_review",
        "26",
        "1",
        "none",
    )
    assert finding.fact == {"internal_review_on": reviewed and reviewed.isoformat()}


@pytest.mark.parametrize(
    ("record", "severities"), [(True, []), (None, ["warn"]), (False, ["block"])]
)
def test_an_internal_review_has_its_record(record, severities):
    facts = FilingFacts.example(internal_review_record=record)
    found = filing_internal_review(facts)
    assert [finding.severity for finding in found] == severities
    assert all(finding.fact == {"internal_review_record": record} for finding in found)


def test_a_filing_that_says_nothing_of_a_record_has_none():
    given = FilingFacts.example().model_dump(exclude={"internal_review_record"})
    (finding,) = filing_internal_review(FilingFacts.model_validate(given))
    assert "报备更正" in finding.remedy


@pytest.mark.parametrize(
    ("given", "severities"),
    [
        ({}, ["block"]),
        ({"subject": "goods"}, ["block"]),
        ({"subject": "service", "kind": "service"}, ["block"]),
        ({"subject": "service"}, []),
        ({"subject": "supervision"}, []),
        ({"subject": "test"}, []),
        ({"internal_review_record": True}, []),
        ({"internal_review_record": None}, []),
        ({"internal_review_on": None}, []),
        ({"track": "full_process"}, []),
    ],
)
def test_a_contract_rests_on_a_recorded_review(given, severities):
    bare = {"track": "filing", "internal_review_on": "2026-07-01", "internal_review_record": False}
    facts = ContractFacts.example(**bare | given)
    found = article.contract_after_recorded_review(facts)
    assert [finding.severity for finding in found] == severities
    assert all("更正" in finding.remedy for finding in found)


def test_a_contract_of_which_no_record_is_told_has_none():
    given = ContractFacts.example(track="filing", internal_review_on="2026-07-01").model_dump(
        exclude={"internal_review_record"}
    )
    found = article.contract_after_recorded_review(ContractFacts.model_validate(given))
    assert [finding.severity for finding in found] == ["block"]
