import pytest

from govproject import AllocationFacts
from govproject_cloud_alloc.rules.article_03_registration import (
    no_registration_no_resource,
    standing_is_complete,
    standing_is_current,
)


def test_a_registered_project():
    assert no_registration_no_resource(AllocationFacts.example()) == ()


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"city_system_ref": None}, "请项目单位在市级政务信息化项目管理系统登记项目"),
        ({"city_system_ref": None, "declared": False, "track": None}, "请先申报项目"),
        # A reference of a project that was never heard to be declared proves nothing.
        ({"declared": False}, "请先申报项目"),
        ({"track": None}, "请项目单位在市级政务信息化项目管理系统登记项目"),
    ],
)
def test_a_project_that_is_not(facts, says):
    (finding,) = no_registration_no_resource(AllocationFacts.example(**facts))
    assert (finding.rule, finding.article, finding.clause, finding.relief) == (
        "no_registration_no_resource",
        "3",
        "2",
        "none",
    )
    assert finding.remedy.startswith(says)


@pytest.mark.parametrize("age", [0, 1, 1439, 1440])
def test_knowledge_that_is_fresh_enough(age):
    assert standing_is_current(AllocationFacts.example(knowledge_age_minutes=age)) == ()


@pytest.mark.parametrize(
    ("age", "limit"), [(1441, 1440), (None, 1440), (61, 60), (1, 0), (None, 0)]
)
def test_knowledge_that_is_too_old_or_none(age, limit):
    facts = AllocationFacts.example(knowledge_age_minutes=age, knowledge_max_age_minutes=limit)
    (finding,) = standing_is_current(facts)
    assert (finding.rule, finding.article, finding.severity, finding.relief) == (
        "standing_is_current",
        "3",
        "block",
        "bureau_decision",
    )
    assert finding.fact == {"knowledge_age_minutes": age, "knowledge_max_age_minutes": limit}


def test_knowledge_that_is_complete():
    assert standing_is_complete(AllocationFacts.example(backlog=0)) == ()


@pytest.mark.parametrize("backlog", [1, 300])
def test_knowledge_that_is_not(backlog):
    (finding,) = standing_is_complete(AllocationFacts.example(backlog=backlog))
    assert (finding.rule, finding.article, finding.severity, finding.relief) == (
        "standing_is_complete",
        "3",
        "block",
        "bureau_decision",
    )
    assert f"{backlog}条" in finding.message
