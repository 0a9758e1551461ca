import pytest

from govproject import AllocationFacts
from govproject.resources import Resources
from govproject_cloud_alloc.rules.article_07_infrastructure_use import within_reviewed_plan

PLAN = {
    "vcpus": 64,
    "memory_gib": 256,
    "storage_gib": 4096,
    "public_ips": 2,
    "bandwidth_mbps": 100,
}


def found(in_use: dict[str, int], requested: dict[str, int], planned: object = PLAN):
    facts = AllocationFacts.example(planned=planned, in_use=in_use, requested=requested)
    return within_reviewed_plan(facts)


@pytest.mark.parametrize(
    ("in_use", "requested"),
    [
        ({}, {}),
        ({}, PLAN),
        (PLAN, {}),
        ({"vcpus": 63}, {"vcpus": 1}),
        ({"storage_gib": 4000, "public_ips": 2}, {"storage_gib": 96}),
    ],
)
def test_within_the_plan_to_the_last_unit(in_use, requested):
    assert found(in_use, requested) == ()


@pytest.mark.parametrize("name", PLAN)
def test_one_unit_more_of_anything(name):
    for in_use, requested in (({}, {name: PLAN[name] + 1}), ({name: PLAN[name]}, {name: 1})):
        (finding,) = found(in_use, requested)
        assert (finding.rule, finding.article, finding.severity, finding.relief) == (
            "within_reviewed_plan",
            "7",
            "block",
            "none",
        )
        assert finding.fact["over"] == {name: 1}


def test_all_that_exceeds_is_told_in_one_sentence():
    (finding,) = found({"vcpus": 24}, {"vcpus": 48, "memory_gib": 300, "public_ips": 3})
    assert finding.message == (
        "申请超出已批准或报备的云资源计划：虚拟CPU超出8核、内存超出44GiB、公网IP超出1个。"
    )
    assert finding.fact["planned"] == PLAN
    assert finding.fact["in_use"] == Resources(vcpus=24).model_dump()


def test_more_in_use_than_a_reduced_plan_allows_refuses_even_a_request_for_nothing():
    (finding,) = found({"vcpus": 65}, {})
    assert finding.fact["over"] == {"vcpus": 1}


def test_an_empty_plan_allows_nothing():
    assert found({}, {}, planned={}) == ()
    assert found({}, {"bandwidth_mbps": 1}, planned={})


def test_without_a_plan_another_article_speaks():
    assert found({}, {"vcpus": 1}, planned=None) == ()
