import pytest

from govproject import ChangeFacts, ContractFacts, FilingFacts
from govproject.regulation.pack import pack
from govproject_intake.rules.article_10_fiscal_evaluation import (
    change_within_evaluation,
    contracts_after_evaluation,
    contracts_within_evaluation,
    fiscal_evaluation_ge_50,
    fiscal_evaluation_report,
)

PACK = pack("tinghu-2025")


@pytest.mark.parametrize(
    ("amount", "report"),
    [
        ("0.01", None),
        ("499999.99", None),
        ("499999.99", "亭财评〔2026〕7号"),
        ("500000", "亭财评〔2026〕7号"),
        ("999999.99", "亭财评〔2026〕7号"),
    ],
)
def test_below_the_threshold_or_with_a_report(amount, report):
    facts = FilingFacts.example(amount_yuan=amount, fiscal_evaluation_report=report)
    assert fiscal_evaluation_ge_50(facts, PACK) == ()


@pytest.mark.parametrize("report", [None, ""])
@pytest.mark.parametrize("amount", ["500000", "500000.00", "500000.01", "999999.99", "1000000"])
def test_from_500000_on_without_a_report(amount, report):
    facts = FilingFacts.example(amount_yuan=amount, fiscal_evaluation_report=report)
    (finding,) = fiscal_evaluation_ge_50(facts, PACK)
    assert (finding.rule, finding.article, finding.severity, finding.relief) == (
        "fiscal_evaluation_ge_50",
        "10",
        "block",
        "none",
    )
    assert finding.fact == {"amount_yuan": str(facts.amount_yuan)}


def evaluated(amount: str, evaluated: str | None, report: str | None = "亭财评〔2026〕7号"):
    facts = FilingFacts.example(
        amount_yuan=amount, fiscal_evaluation_report=report, evaluated_yuan=evaluated
    )
    return fiscal_evaluation_report(facts, PACK)


@pytest.mark.parametrize(
    ("amount", "evaluation"),
    [("600000", "600000"), ("599999.99", "600000"), ("500000", "999999"), ("499999.99", "1")],
)
def test_within_what_was_evaluated_or_below_the_threshold(amount, evaluation):
    assert evaluated(amount, evaluation) == ()


def test_without_a_report_the_report_is_what_is_missing():
    assert evaluated("600000", None, None) == ()


@pytest.mark.parametrize(
    ("amount", "evaluation"), [("600000.01", "600000"), ("999999.99", "500000"), ("500000", "1")]
)
def test_beyond_what_was_evaluated(amount, evaluation):
    (finding,) = evaluated(amount, evaluation)
    assert (finding.rule, finding.article, finding.clause, finding.severity, finding.relief) == (
        "fiscal_evaluation_report",
        "10",
        "8",
        "block",
        "exception",
    )
    assert set(finding.fact) == {"amount_yuan", "evaluated_yuan"}


def test_an_evaluated_amount_that_nobody_kept_is_pointed_out():
    (finding,) = evaluated("600000", None)
    assert (finding.severity, finding.fact) == ("warn", {"evaluated_yuan": None})


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"evaluated_yuan": "1100000"}, 0),
        ({"evaluated_yuan": "1099999.99"}, 1),
        ({"evaluated_yuan": "1100000", "contracted_yuan": "0.01"}, 1),
        ({"evaluated_yuan": None}, 0),
        # What was approved beyond it had its exception then.
        ({"evaluated_yuan": "1", "track": "full_process"}, 0),
    ],
)
def test_contracts_within_what_was_evaluated(changes, found):
    facts = ContractFacts.example(**{"track": "filing", "amount_yuan": "1100000", **changes})
    findings = contracts_within_evaluation(facts)
    assert [(f.rule, f.relief) for f in findings] == [
        ("contracts_within_evaluation", "exception")
    ] * found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"approved_yuan": "499999.99"}, 0),
        ({"approved_yuan": "500000.00"}, 1),
        ({"approved_yuan": "999999.99", "subject": "goods"}, 1),
        ({"approved_yuan": "999999.99", "fiscal_report": ""}, 1),
        ({"approved_yuan": "999999.99", "fiscal_report": "亭财评〔2026〕7号"}, 0),
        # It attends what is built, or prepares it.
        ({"approved_yuan": "999999.99", "subject": "supervision"}, 0),
        ({"approved_yuan": "999999.99", "subject": "service"}, 0),
        ({"approved_yuan": "999999.99", "subject": "service", "kind": "ops"}, 1),
        # The approval asked for the report.
        ({"approved_yuan": "1200000", "track": "full_process"}, 0),
    ],
)
def test_nothing_is_signed_before_the_evaluation(changes, found):
    facts = ContractFacts.example(**{"track": "filing", "fiscal_report": None, **changes})
    findings = contracts_after_evaluation(facts, PACK)
    assert [(f.rule, f.clause, f.severity, f.relief) for f in findings] == [
        ("contracts_after_evaluation", "7", "block", "none")
    ] * found


def test_a_pack_may_leave_it_to_the_full_process():
    without = PACK.model_copy(update={"fiscal_evaluation_on_filing_track": False})
    assert fiscal_evaluation_ge_50(FilingFacts.example(amount_yuan="600000"), without) == ()
    contract = {"track": "filing", "approved_yuan": "600000", "fiscal_report": None}
    assert contracts_after_evaluation(ContractFacts.example(**contract), without) == ()
    assert len(contracts_after_evaluation(ContractFacts.example(**contract), PACK)) == 1


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"new_amount_yuan": "1300000"}, 0),
        ({"new_amount_yuan": None}, 0),
        ({"evaluated_yuan": None}, 0),
        ({"new_amount_yuan": "1300000.01"}, 1),
        # Filing asks no more for what the approval was asked.
        ({"new_amount_yuan": "1300000.01", "approving": False}, 0),
    ],
)
def test_within_what_was_evaluated(changes, found):
    findings = change_within_evaluation(ChangeFacts.example(**{"approving": True, **changes}))
    assert [(f.rule, f.relief) for f in findings] == [
        ("change_within_evaluation", "exception")
    ] * found
