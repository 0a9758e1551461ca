import pytest

from govproject import FilingFacts
from govproject.regulation.pack import pack
from govproject_intake.rules.article_10_fiscal_evaluation import fiscal_evaluation_ge_50

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
