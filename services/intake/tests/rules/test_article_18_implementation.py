import pytest

from govproject import ContractFacts
from govproject_intake.rules.article_18_implementation import (
    implement_as_approved,
    no_building_after_final,
)


def contracts(amount: str, before: str, approved: str | None) -> ContractFacts:
    return ContractFacts.example(amount_yuan=amount, contracted_yuan=before, approved_yuan=approved)


@pytest.mark.parametrize(
    ("amount", "before", "approved"),
    [
        ("1200000", "0", "1200000"),
        ("0.01", "1199999.99", "1200000"),
        ("9999999", "0", None),
    ],
)
def test_within_what_was_approved_or_before_it(amount, before, approved):
    assert implement_as_approved(contracts(amount, before, approved)) == ()


@pytest.mark.parametrize(
    ("amount", "before", "total"),
    [
        ("1200000.01", "0", "1200000.01"),
        ("0.02", "1199999.99", "1200000.01"),
        ("1", "1200000", "1200001.00"),
    ],
)
def test_beyond_what_was_approved(amount, before, total):
    (finding,) = implement_as_approved(contracts(amount, before, "1200000"))
    assert (finding.rule, finding.article, finding.clause, finding.severity, finding.relief) == (
        "implement_as_approved",
        "18",
        "1",
        "block",
        "none",
    )
    assert "报区数据局批准变更，再完成变更报备" in finding.remedy
    assert finding.fact == {"total_yuan": total, "approved_yuan": "1200000.00"}


def test_beyond_what_was_filed():
    facts = ContractFacts.example(track="filing", amount_yuan="5000000", approved_yuan="490000")
    (finding,) = implement_as_approved(facts)
    assert finding.message == "各合同金额合计5000000.00元，超出报备或变更报备后的金额490000.00元。"
    assert "先确定变更事项，完成变更报备" in finding.remedy


@pytest.mark.parametrize(
    ("kind", "subject", "severity"),
    [
        ("new", "construction", "block"),
        ("new", "goods", "block"),
        ("renewal", "construction", "block"),
        ("upgrade", "goods", "block"),
        ("new", "service", "warn"),
        ("new", "supervision", "warn"),
        ("new", "test", "warn"),
        ("ops", "service", "warn"),
        ("ops", "goods", "warn"),
        ("service", "service", "warn"),
    ],
)
def test_after_the_final(kind, subject, severity):
    changes = {"kind": kind, "subject": subject, "amount_yuan": "1"}
    facts = ContractFacts.example(**changes, accepted_on="2026-08-03")
    (finding,) = no_building_after_final(facts)
    assert (finding.rule, finding.article, finding.clause, finding.relief) == (
        "no_building_after_final",
        "18",
        "3",
        "none",
    )
    assert (finding.severity, "上缴财政" in finding.remedy) == (severity, True)
    assert no_building_after_final(ContractFacts.example(**changes)) == ()
