import pytest

from govproject import ApprovalFacts, PreReviewFacts
from govproject.regulation.text import articles
from govproject_review.rules.article_07_pre_review import (
    POINTS,
    materials_of_present_project,
    pre_review,
    pre_review_focus,
    pre_review_of_present_project,
)

GOOD = dict.fromkeys(POINTS, True)


def test_the_six_points_are_those_of_the_article():
    assert len(POINTS) == 6
    for name in POINTS.values():
        assert name in articles()["7"]


@pytest.mark.parametrize(
    ("points", "facts"),
    [
        (GOOD, []),
        ({**GOOD, "carbon_footprint": True}, []),
        ({**GOOD, "carbon_footprint": False}, [{"unmet": ["carbon_footprint"]}]),
        ({**GOOD, "necessity": False, "basis": False}, [{"unmet": ["necessity", "basis"]}]),
        ({}, [{"missing": list(POINTS)}]),
        (
            {point: False for point in POINTS if point != "data_needs"},
            [{"missing": ["data_needs"]}, {"unmet": [p for p in POINTS if p != "data_needs"]}],
        ),
        *(({**GOOD, point: False}, [{"unmet": [point]}]) for point in POINTS),
        *(({p: True for p in POINTS if p != point}, [{"missing": [point]}]) for point in POINTS),
    ],
)
def test_pre_review_focus(finds, points, facts):
    found = finds(pre_review_focus, PreReviewFacts.example(points=points))
    assert [finding.fact for finding in found] == facts
    assert all((f.severity, f.relief) == ("block", "none") for f in found)


@pytest.mark.parametrize("passed", [True, False])
def test_pre_review(finds, passed):
    found = finds(pre_review, ApprovalFacts.example(pre_review_passed=passed))
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * (not passed)


@pytest.mark.parametrize(
    ("passed", "outdated", "blocks"),
    [(True, False, False), (True, True, True), (False, True, False)],
)
def test_pre_review_of_present_project(finds, passed, outdated, blocks):
    facts = ApprovalFacts.example(pre_review_passed=passed, pre_review_outdated=outdated)
    found = finds(pre_review_of_present_project, facts)
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * blocks


@pytest.mark.parametrize("outdated", [True, False])
def test_materials_of_present_project(finds, outdated):
    facts = PreReviewFacts.example(materials_outdated=outdated)
    found = finds(materials_of_present_project, facts)
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * outdated
