import pytest

from govproject import TenderFacts
from govproject.terms import ContractClause
from govproject_review.rules.article_13_procurement import procurement_file_clauses

ALL = list(ContractClause)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        (ALL, []),
        (ALL[:4], ALL[4:]),
        (ALL[1:], ALL[:1]),
        ([], ALL),
    ],
)
def test_procurement_file_clauses(finds, given, missing):
    facts = TenderFacts.example(clauses=dict.fromkeys(given, "第3页"))
    found = finds(procurement_file_clauses, facts)
    assert [f.fact["missing"] for f in found] == ([missing] if missing else [])
    assert all((f.severity, f.relief) == ("block", "none") for f in found)
