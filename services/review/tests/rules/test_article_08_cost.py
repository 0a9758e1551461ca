import pytest

from govproject import MaterialsFacts
from govproject.terms import CostHead
from govproject_review.rules.article_08_cost import cost_assessment_report

EXAMPLE = MaterialsFacts.example()
COSTS = EXAMPLE.costs_yuan
SEEN = EXAMPLE.documents["cost_assessment_report"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"documents": {}}, ["block"]),
        ({"total_yuan": "12000000.01"}, ["block", "warn"]),
        ({"total_yuan": "11999999.99"}, ["block", "warn"]),
        ({"budget_yuan": "11999999.99"}, ["warn"]),
        ({"budget_yuan": "12000000.01"}, ["warn"]),
        # What was not told is not added up.
        ({"costs_yuan": {"direct_cost": "1.00"}, "total_yuan": "12000000.00"}, []),
        ({"total_yuan": None}, []),
        (
            {
                "costs_yuan": {**COSTS, "contingency": "0", "direct_cost": "10300000"},
            },
            ["block"],
        ),
        (
            {
                "costs_yuan": {**COSTS, "contingency": "0", "direct_cost": "10300000"},
                "statements": {"mobile": "none", "zero_costs": {"contingency": "工期短，不列"}},
            },
            [],
        ),
    ],
)
def test_cost_assessment_report(finds, changes, found):
    findings = finds(cost_assessment_report, MaterialsFacts.example(**changes))
    assert [finding.severity for finding in findings] == found


@pytest.mark.parametrize("part", [*CostHead, "total"])
def test_each_head_and_the_total_are_there(finds, part):
    for verdict, severity in (("missing", "block"), ("doubt", "warn")):
        documents = {"cost_assessment_report": {**SEEN, part: verdict}}
        (finding,) = finds(cost_assessment_report, MaterialsFacts.example(documents=documents))
        assert finding.severity == severity


def test_the_amounts_are_said(finds):
    facts = MaterialsFacts.example(total_yuan="13000000.00", budget_yuan="13000000.00")
    (finding,) = finds(cost_assessment_report, facts)
    assert "12000000.00元" in finding.message
    assert "13000000.00元" in finding.message
