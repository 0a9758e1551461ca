import pytest

from govproject import AnnualPlanFacts, ContractFacts, FilingFacts
from govproject_intake.rules.article_25_results import (
    poor_no_related_contract,
    poor_no_related_filing,
    poor_no_related_project,
)


def related(*results: tuple[str, str]) -> dict[str, object]:
    return {
        "project_name": "智慧校园",
        "results": [{"grade": grade, "evaluated_on": day} for grade, day in results],
    }


def found(*projects: dict[str, object], plan_year: int = 2027):
    facts = AnnualPlanFacts.example(plan_year=plan_year, related=projects)
    return poor_no_related_project(facts)


@pytest.mark.parametrize(
    "results",
    [
        [],
        [("qualified", "2026-06-30")],
        [("good", "2026-06-30")],
        [("excellent", "2026-06-30")],
        [("poor", "2025-12-31")],
        [("poor", "2027-01-01")],
        [("poor", "2026-03-01"), ("qualified", "2026-09-01")],
    ],
)
def test_nothing_bars_the_next_year(results):
    assert found(related(*results)) == ()


@pytest.mark.parametrize(
    ("results", "day"),
    [
        ([("poor", "2026-01-01")], "2026-01-01"),
        ([("poor", "2026-12-31")], "2026-12-31"),
        ([("excellent", "2025-06-30"), ("poor", "2026-06-30")], "2026-06-30"),
        # A better result of a later year comes too late for this one.
        ([("poor", "2026-06-30"), ("excellent", "2027-02-01")], "2026-06-30"),
    ],
)
def test_a_poor_result_bars_the_next_year(results, day):
    (finding,) = found(related(), related(*results))
    assert (finding.rule, finding.article, finding.clause, finding.severity, finding.relief) == (
        "poor_no_related_project",
        "25",
        "3",
        "block",
        "none",
    )
    assert finding.fact == {"related": "智慧校园", "evaluated_on": day}


def test_only_the_year_after_is_barred():
    poor = related(("poor", "2026-06-30"))
    assert [bool(found(poor, plan_year=year)) for year in (2026, 2027, 2028)] == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("plan_year", "confirmed", "found"),
    [(2027, True, 1), (2027, False, 1), (2028, True, 0), (2026, False, 0), (None, True, 0)],
)
def test_nor_is_it_filed(plan_year, confirmed, found):
    result = {"grade": "poor", "evaluated_on": "2026-06-30"}
    related = [{"project_name": "智慧校园", "results": [result], "confirmed": confirmed}]
    facts = FilingFacts.example(plan_year=plan_year, related=related)
    findings = poor_no_related_filing(facts)
    assert [(f.rule, f.article, f.severity, f.relief) for f in findings] == [
        ("poor_no_related_filing", "25", "block", "none")
    ] * found
    assert all("区数据局" in f.remedy for f in findings if not confirmed)


@pytest.mark.parametrize("confirmed", [True, False])
def test_what_was_found_regular_before_is_not_refused_for_it(confirmed):
    result = {"grade": "poor", "evaluated_on": "2026-06-30"}
    related = [{"project_name": "智慧校园", "results": [result], "confirmed": confirmed}]
    facts = FilingFacts.example(plan_year=2027, related=related, accepted_before=True)
    assert poor_no_related_filing(facts) == ()


POOR = {"grade": "poor", "evaluated_on": "2026-06-30"}
FILED = {"track": "filing", "approval_number": None, "approved_on": None}


@pytest.mark.parametrize("confirmed", [True, False])
@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({}, True),
        ({"subject": "goods"}, True),
        ({"kind": "ops", "subject": "service"}, True),
        ({"subject": "service"}, False),
        ({"subject": "supervision"}, False),
        ({"subject": "test"}, False),
        ({"plan_year": 2026}, False),
        ({"plan_year": 2028}, False),
        ({"plan_year": None}, False),
        ({"accepted_before": True}, False),
        # An approval stands, whatever comes later.
        ({"track": "full_process", "approval_number": "亭数批〔2026〕12号"}, False),
        ({"track": "full_process"}, True),
    ],
)
def test_nor_is_it_carried_out(confirmed, changes, refused):
    related = [{"project_name": "智慧校园", "results": [POOR], "confirmed": confirmed}]
    facts = ContractFacts.example(**FILED | {"plan_year": 2027} | changes, related=related)
    findings = poor_no_related_contract(facts)
    assert [(f.rule, f.article, f.severity, f.relief) for f in findings] == [
        ("poor_no_related_contract", "25", "block", "none")
    ] * refused
