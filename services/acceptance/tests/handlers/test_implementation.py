"""The implementation file from the start of building to the final (Art 14)."""

from uuid import UUID

import pytest

from govproject.resources import Resources
from govproject.terms import ImplementationPlan

PLANNED = Resources(vcpus=16, memory_gib=64)


@pytest.fixture
def approved(acceptance, events):
    """A full-process project that may be built, with nothing in its file."""
    acceptance.tell(events.declared(), events.approved(), events.contract())
    return acceptance


def plan(kind, file_id=None, reason=None):
    given = {"file_id": file_id} if reason is None else {"not_applicable": reason}
    return {"plans": [{"kind": kind, **given}]}


def at_the_final(acceptance, bodies):
    problem = acceptance.refused("final-rounds", bodies.final())
    return {r for r in acceptance.rules(problem) if r.startswith("impl_")}


def test_what_is_missing_at_the_start_is_pointed_out_and_may_follow(approved):
    file_id = approved.handed_in()
    view = approved.do("implementation-plans", plan("quality", file_id))
    assert view["decision"]["outcome"] == "allowed"
    warned = {f["rule"] for f in view["decision"]["findings"] if f["severity"] == "warn"}
    assert len(warned) == len(view["missing"]) == 7
    assert "impl_quality_plan" not in warned

    file_id = approved.handed_in(text="等级保护计划")
    view = approved.do("implementation-plans", plan("mlps", file_id))
    assert [p["kind"] for p in view["plans"]] == ["mlps", "quality"]
    assert approved.view()["plans_missing"] == view["missing"]


def test_one_file_is_one_plan(approved):
    """Also within one request; the same plan again is no other one, nor is a replaced one."""
    one, other = approved.handed_in(text="质量计划"), approved.handed_in(text="人员计划")
    both = {"plans": plan("quality", one)["plans"] + plan("staffing", one)["plans"]}
    problem = approved.refused("implementation-plans", both, "same_content")
    assert "项目质量保障计划" in problem["detail"]
    assert "项目组织架构与项目人员安排计划" in problem["detail"]
    approved.do("implementation-plans", plan("quality", one))
    approved.refused("implementation-plans", plan("staffing", one), "same_content")
    approved.do("implementation-plans", plan("quality", one))
    approved.do("implementation-plans", plan("quality", other))
    approved.do("implementation-plans", plan("staffing", one))


def test_what_is_missing_at_the_final_refuses(approved, bodies):
    approved.do("implementation-plans", plan("quality", approved.handed_in()))
    assert at_the_final(approved, bodies) == {
        "impl_cloud_deploy_plan",
        "impl_mlps_plan",
        "impl_crypto_plan",
        "impl_staffing_plan",
        "impl_pm_rules",
        "impl_trial_plan",
        "impl_acceptance_plan",
    }
    approved.plan()
    assert at_the_final(approved, bodies) == set()


def test_a_filing_track_project_has_a_file_as_well(acceptance, events, bodies):
    acceptance.tell(events.small(), events.filed(), events.archived())
    assert len(at_the_final(acceptance, bodies)) == len(ImplementationPlan)


def test_what_does_not_fit_is_left_out_with_a_reason(approved, bodies):
    approved.plan()
    approved.do("implementation-plans", plan("trial", reason="仅采购办公软件"))
    assert at_the_final(approved, bodies) == set()
    findings = approved.refused("final-rounds", bodies.final())["findings"]
    (shown,) = [f for f in findings if f["rule"] == "impl_trial_plan"]
    assert (shown["severity"], "仅采购办公软件" in shown["message"]) == ("warn", True)
    assert approved.view()["plans_missing"] == []


@pytest.mark.parametrize("source", ["declared", "approved", "change_filed"])
def test_a_plan_of_resources_is_a_cloud_plan(acceptance, events, bodies, source):
    plans = {source: {"cloud_plan": PLANNED}}
    acceptance.tell(
        events.declared(**plans.get("declared", {})), events.approved(**plans.get("approved", {}))
    )
    if source == "change_filed":
        changed = events.change_filed().model_copy(update=plans[source])
        acceptance.tell(events.change(), changed)
    assert "impl_cloud_deploy_plan" not in at_the_final(acceptance, bodies)
    assert "cloud" not in acceptance.view()["plans_missing"]


def test_building_does_not_start_before_approval(acceptance, events, bodies):
    acceptance.tell(events.declared())
    problem = acceptance.refused("implementation-plans", acceptance.plans())
    assert acceptance.rules(problem) == ["no_build_before_approval"]


@pytest.mark.parametrize(
    "given", [{}, {"file_id": str(UUID(int=5)), "not_applicable": "无"}, {"not_applicable": " "}]
)
def test_a_plan_is_a_file_or_a_reason(approved, given):
    body = {"plans": [{"kind": "quality", **given}]}
    approved.refused("implementation-plans", body, "invalid_request")


def test_a_file_that_nobody_handed_in_is_none(approved):
    approved.refused("implementation-plans", plan("quality", str(UUID(int=5))), "file_unknown")
