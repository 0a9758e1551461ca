import pytest

from govproject import ContractFacts
from govproject_intake.rules.article_33_outsourcing import outsourcing_contract_clause


@pytest.mark.parametrize(
    ("kind", "outsourced", "clause"),
    [
        ("new", False, None),
        ("upgrade", True, "第7页"),
        ("ops", False, "第7页"),
        ("service", True, "第7页"),
        ("ops", None, "第7页"),
        ("new", None, None),
    ],
)
def test_nothing_is_outsourced_or_security_is_settled(kind, outsourced, clause):
    facts = ContractFacts.example(kind=kind, outsourced=outsourced, security_clause=clause)
    assert outsourcing_contract_clause(facts) == ()


@pytest.mark.parametrize(
    ("kind", "outsourced"),
    [("new", True), ("renewal", True), ("ops", False), ("ops", True), ("service", None)],
)
def test_who_serves_from_outside_answers_for_security(kind, outsourced):
    facts = ContractFacts.example(kind=kind, outsourced=outsourced)
    (finding,) = outsourcing_contract_clause(facts)
    assert (finding.rule, finding.article, finding.clause, finding.severity) == (
        "outsourcing_contract_clause",
        "33",
        "3",
        "block",
    )
    assert finding.fact == {"kind": kind, "outsourced": outsourced}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"subject": "service"}, True),
        ({"subject": "service", "outsourced": False}, False),
        ({"subject": "service", "security_clause": "第7页"}, False),
        ({"subject": "supervision"}, False),
        ({"subject": "test"}, False),
        ({"subject": "goods"}, False),
    ],
)
def test_a_contract_for_services_is_not_silent(given, found):
    findings = outsourcing_contract_clause(ContractFacts.example(**given))
    assert [(finding.severity, finding.fact) for finding in findings] == [
        ("block", {"kind": "new", "outsourced": None, "subject": "service"})
    ] * found
