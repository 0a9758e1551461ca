from datetime import date

import pytest

from govproject.terms import EvaluationDimension
from govproject_acceptance.rules.article_24_evaluation import (
    evaluation_dimensions,
    evaluation_eligibility,
    evaluation_report_on_file,
)

SERVICE = {"accepted_on": None}


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"accepted_on": date(2026, 8, 3)}, []),
        ({"accepted_on": date(2026, 8, 4)}, ["block"]),
        ({"evaluated_on": date(2026, 8, 2), "accepted_on": date(2026, 8, 3)}, ["block"]),
        (SERVICE, ["block"]),
        ({**SERVICE, "in_service_since": date(2025, 8, 3)}, []),
        ({**SERVICE, "in_service_since": date(2025, 8, 4)}, ["block"]),
        ({**SERVICE, "in_service_since": date(2025, 8, 4), "evaluated_on": None}, ["block"]),
        (
            {
                **SERVICE,
                "in_service_since": date(2024, 2, 29),
                "evaluated_on": date(2025, 2, 28),
            },
            [],
        ),
        ({**SERVICE, "part": "self"}, []),
    ],
)
def test_evaluation_eligibility(severities, facts, found):
    assert severities(evaluation_eligibility, **facts) == found


def test_the_first_day_is_named(findings):
    (finding,) = findings(
        evaluation_eligibility, accepted_on=None, in_service_since=date(2026, 1, 5)
    )
    assert "2027-01-05满一年" in finding.message
    assert finding.fact["eligible_from"] == "2027-01-05"


@pytest.mark.parametrize("dimension", EvaluationDimension)
def test_every_dimension_must_be_there(findings, dimension):
    others = tuple(other for other in EvaluationDimension if other is not dimension)
    (finding,) = findings(evaluation_dimensions, dimensions=others)
    assert (finding.severity, finding.fact) == ("block", {"missing": [dimension.value]})
    assert dimension.zh in finding.message


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"dimensions": ()}, ["block"]),
        ({"dimensions": (), "evaluated_on": None}, []),
        ({"dimensions": (), "part": "self"}, []),
    ],
)
def test_evaluation_dimensions(severities, facts, found):
    assert severities(evaluation_dimensions, **facts) == found


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"evaluation_report": False}, ["warn"]),
        ({"evaluation_report": False, "evaluated_on": None}, []),
        ({"evaluation_report": False, "part": "self"}, []),
    ],
)
def test_evaluation_report_on_file(severities, facts, found):
    assert severities(evaluation_report_on_file, **facts) == found
