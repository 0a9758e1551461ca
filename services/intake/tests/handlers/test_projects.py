"""Declaration, registration, decommission (Arts 3-5, 34)."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from uuid import UUID

import pytest

from govproject.resources import Resources
from govproject.terms import DeploymentTarget, ProjectKind, Track
from govproject_intake.tables import Project
from govproject_local import documents


@pytest.mark.parametrize(
    ("budget", "kept", "track"),
    [
        ("0.01", "0.01", "filing"),
        ("499999.99", "499999.99", "filing"),
        (500000, "500000.00", "filing"),
        ("999999.99", "999999.99", "filing"),
        ("1000000", "1000000.00", "full_process"),
        ("1000000.01", "1000000.01", "full_process"),
        ("9999999999999.99", "9999999999999.99", "full_process"),
    ],
)
def test_the_track_is_derived_from_the_budget(intake, budget, kept, track):
    view = intake.done("/projects", intake.declaration(budget_yuan=budget))
    assert (view["budget_yuan"], view["track"], view["rule_pack"]) == (kept, track, "tinghu-2025")
    assert intake.get(f"/projects/{view['id']}").json() == view | {"warnings": []}


def test_a_declaration_is_published_with_all_that_others_need(intake):
    project = intake.declared(deployment_target="national_standalone", standalone_basis="国办发")
    (event,) = intake.published()
    assert event.name == "project.declared"
    assert event.model_dump() == {
        "project_id": UUID(project),
        "project_name": "智慧校园",
        "unit": "亭湖区教育局",
        "kind": ProjectKind.NEW,
        "budget_yuan": Decimal("300000.00"),
        "track": Track.FILING,
        "plan_year": 2027,
        "builds_system": True,
        "deployment_target": DeploymentTarget.NATIONAL_STANDALONE,
        "standalone_basis": "国办发",
        "cloud_plan": Resources(vcpus=64, memory_gib=256).model_dump(),
        "rule_pack": "tinghu-2025",
        "declared_at": intake.clock(),
    }


def test_a_declaration_without_a_document_is_refused_and_leaves_nothing(intake, problem):
    answer = intake.post("/projects", intake.declaration(policy_basis=[]))
    body = problem(answer, 409, "refused")
    assert body["detail"] == "申报材料缺少项目依据文件。"
    assert [(f["rule"], f["article"]) for f in body["findings"]] == [("material_policy_basis", "5")]
    assert (intake.count(Project), intake.published()) == (0, [])


@pytest.mark.parametrize("scope", ["state_secrets", "out_of_scope"])
def test_what_the_regulation_does_not_govern_is_turned_away(intake, problem, scope):
    unknown = [{"kind": "application_form", "file_id": str(UUID(int=7))}]
    for given in (
        intake.declaration(scope=scope),
        intake.declaration(scope=scope, materials=unknown, policy_basis=[]),
        {"project_name": "某项目", "scope": scope},
    ):
        body = problem(intake.post("/projects", given), 409, "turned_away")
        # Nobody is told to hand in more of it.
        assert "保密工作机构" in body["remedy"]
    assert (intake.count(Project), intake.published()) == (0, [])


def test_whether_the_regulation_governs_a_project_is_said(intake, problem):
    body = problem(intake.post("/projects", intake.declaration(scope=None)), 409, "refused")
    assert [found["rule"] for found in body["findings"]] == ["purpose_and_scope"]
    assert (intake.count(Project), intake.published()) == (0, [])


def test_what_is_late_or_looks_split_is_declared_with_a_warning(intake):
    intake.declared(budget_yuan="600000", plan_year=2026)
    view = intake.done("/projects", intake.declaration(budget_yuan="400000", plan_year=2026))
    assert [(f["rule"], f["severity"]) for f in view["warnings"]] == [
        ("filing_lt_100", "warn"),
        ("plan_submission_q3", "warn"),
    ]
    assert intake.count(Project) == 2
    path = f"/projects/{view['id']}"
    assert intake.get(path, "bureau").json()["warnings"] == view["warnings"]
    left_out = intake.get("/annual-plans/2026", "bureau").json()["left_out"]
    shown = {each["project_id"]: each["warnings"] for each in left_out}
    assert shown[view["id"]] == view["warnings"]


def test_the_bureau_is_told_of_what_looks_split_when_it_decides_on_a_filing(intake):
    intake.declared(budget_yuan="600000", project_name="另一个")
    project = intake.registered(budget_yuan="400000")
    filing = intake.filed(project)
    accepted = intake.done(f"/filings/{filing}/acceptance", None, "bureau")
    warned = [f["rule"] for f in accepted["decision"]["findings"] if f["severity"] == "warn"]
    assert warned == ["filings_add_up_to_full_process"]


def test_small_optimisation_is_declared_with_operation(intake):
    optimisation = {
        "system_type": "public_service",
        "amount_yuan": "60000.00",
        "funding_source": "年度运维经费",
    }
    declaration = intake.declaration(
        kind="ops",
        builds_system=False,
        deployment_target="none",
        budget_yuan="200000",
        optimisation_in_ops=optimisation,
    )
    view = intake.done("/projects", declaration)
    assert (view["optimisation_in_ops"], view["warnings"]) == (optimisation, [])
    larger = {"amount_yuan": "60000.01", "funding_source": None}
    view = intake.done("/projects", declaration | {"optimisation_in_ops": optimisation | larger})
    assert [f["rule"] for f in view["warnings"] if f["article"] == "8"] == [
        "small_optimisation_in_ops"
    ] * 2
    assert intake.get(f"/projects/{view['id']}").json()["optimisation_in_ops"] == (
        optimisation | larger
    )


def test_what_was_given_up_is_no_part_of_a_project_that_was_split(intake):
    first = intake.declared(budget_yuan="600000")
    intake.done(f"/projects/{first}/decommission-report", {"reason": "不再建设。"})
    view = intake.done("/projects", intake.declaration(budget_yuan="600000", project_name="其他"))
    assert "filing_lt_100" not in [finding["rule"] for finding in view["warnings"]]


def test_only_the_units_own_filing_track_projects_of_the_year_count_as_split(intake):
    intake.declared(budget_yuan="900000", unit="亭湖区卫健委")
    intake.declared(budget_yuan="900000", plan_year=2028, project_name="阳光食堂")
    intake.declared(budget_yuan="1000000")
    view = intake.done("/projects", intake.declaration(budget_yuan="900000"))
    assert view["warnings"] == []


def test_a_project_is_registered_once(intake, problem):
    project = intake.declared()
    path = f"/projects/{project}/registration"
    view = intake.done(path, {"city_system_ref": " 320902-2026-0001 "}, "bureau")
    assert view["city_system_ref"] == "320902-2026-0001"
    (event,) = intake.published("project.registered")
    assert (event.city_system_ref, event.registered_at) == ("320902-2026-0001", intake.clock())
    again = problem(
        intake.post(path, {"city_system_ref": "320902-2026-0002"}, "bureau"),
        409,
        "already_registered",
    )
    assert again["city_system_ref"] == "320902-2026-0001"
    assert len(intake.published("project.registered")) == 1


@pytest.mark.parametrize("first", ["320902-2026-0001", "320902–2026—0001"])
@pytest.mark.parametrize(
    "typed", ["320902-2026-0001", "３２０９０２－２０２６－０００１", "320902–2026−0001"]
)
def test_a_municipal_reference_belongs_to_one_project(intake, problem, first, typed):
    intake.registered(first)
    assert intake.published("project.registered")[0].city_system_ref == "320902-2026-0001"
    other = intake.declared()
    answer = intake.post(f"/projects/{other}/registration", {"city_system_ref": typed}, "bureau")
    problem(answer, 409, "city_system_ref_taken")
    assert intake.get(f"/projects/{other}").json()["city_system_ref"] is None
    assert len(intake.published("project.registered")) == 1


def test_of_two_who_type_one_reference_at_once_one_gets_it(intake):
    projects = [intake.declared(), intake.declared()]
    together = Barrier(len(projects))

    def register(project: str) -> int:
        together.wait()
        body = {"city_system_ref": "320902-2026-0001"}
        return int(intake.post(f"/projects/{project}/registration", body, "bureau").status_code)

    with ThreadPoolExecutor(len(projects)) as pool:
        assert sorted(pool.map(register, projects)) == [200, 409]
    assert len(intake.published("project.registered")) == 1


@pytest.mark.parametrize("body", [{}, {"city_system_ref": None}])
def test_the_embedded_registry_needs_a_typed_reference(intake, problem, body):
    path = f"/projects/{intake.declared()}/registration"
    problem(intake.post(path, body, "bureau"), 422, "city_system_ref_missing")


def test_a_project_is_decommissioned_once(intake, problem):
    project = intake.declared()
    path = f"/projects/{project}/decommission-report"
    view = intake.done(path, {"reason": "业务并入市级平台。"})
    assert view["decommissioned_at"] == "2026-08-03T09:30:00+08:00"
    (event,) = intake.published("project.decommissioned")
    assert event.reason == "业务并入市级平台。"
    problem(intake.post(path, {"reason": "再次。"}), 409, "already_decommissioned")


DECIDED_OTHERWISE = {
    "rule": "filing_duplicate",
    "reason": "防汛应急。",
    "document": "亭数〔2026〕8号",
    "expires_on": "2026-12-31",
}
CHANGE = {"aspects": ["amount"], "description": "增加。", "new_budget_yuan": "310000"}


def test_what_is_stopped_is_not_carried_on_and_can_be_wound_up(intake, problem):
    project = intake.registered()
    filing = intake.filed(project)
    contract = intake.contracted(project)
    change = intake.done(f"/projects/{project}/changes", CHANGE)["id"]
    extension = {
        "reason": "场地移交推迟。",
        "new_ends_on": "2027-03-31",
        "milestones": [{"title": "上线", "due_on": "2027-03-31"}],
    }
    waiting = intake.done(f"/contracts/{contract}/extensions", extension)["id"]
    intake.done("/annual-plans/2027/drafts", {"add": [project]}, "bureau")
    intake.done("/annual-plans/2027/consolidation", as_="bureau")
    intake.done(f"/projects/{project}/decommission-report", {"reason": "并入市级平台。"})
    told = len(intake.published())

    signature = {"party": "unit", "signer": "张三", "signed_on": "2026-08-03"}
    review = {"held_on": "2026-08-03", "experts": ["王五"], "conclusion": "同意。"}
    reached = {"title": "上线", "reached_on": "2026-08-03"}
    leaving = {"leaves": "张三", "joins": "李四", "reason": "调离。"}
    for path, body, who in (
        (f"/projects/{project}/contracts", intake.contract(), "unit"),
        (f"/projects/{project}/changes", CHANGE, "unit"),
        (f"/changes/{change}/approval", {"document": "1号", "approved_on": "2026-08-03"}, "bureau"),
        (f"/changes/{change}/filing", None, "unit"),
        (f"/filings/{filing}/acceptance", None, "bureau"),
        (f"/filings/{filing}/irregularity", {"reasons": ["材料缺失"]}, "bureau"),
        (f"/filings/{filing}/correction", intake.filing(), "unit"),
        (f"/projects/{project}/exceptions", DECIDED_OTHERWISE, "bureau"),
        (f"/contracts/{contract}/extensions", extension, "unit"),
        (f"/contracts/{contract}/personnel-changes", leaving, "unit"),
        (f"/contracts/{contract}/schedules", {"milestones": extension["milestones"]}, "unit"),
        (f"/contracts/{contract}/milestones", reached, "unit"),
        (f"/confirmations/{waiting}/signatures", signature, "unit"),
        (f"/confirmations/{waiting}/expert-review", review, "unit"),
        (f"/confirmations/{waiting}/completion", None, "unit"),
        ("/annual-plans/2027/publication", {}, "bureau"),
    ):
        answer = problem(intake.post(path, body, who), 409, "decommissioned")
        assert (answer["article"], "另行申报" in answer["remedy"]) == ("34", True), path
    assert len(intake.published()) == told
    assert intake.get(f"/projects/{project}/next-step").json()["steps"] == []

    intake.done("/annual-plans/2027/drafts", {"remove": [project]}, "bureau")
    intake.done(f"/confirmations/{waiting}/withdrawal")
    intake.done(f"/changes/{change}/withdrawal", {"reason": "系统已停用。"})
    ended = {
        "terminated_on": "2026-08-03",
        "settled_yuan": "80000",
        "reason": "系统停用。",
        "file_id": intake.handed_in("解除协议.docx", documents.internal_review()),
    }
    intake.done(f"/contracts/{contract}/termination", ended)
    # Its successor goes on with the same system.
    intake.declared(kind="upgrade", related_project_ids=[project])


def test_what_is_stopped_is_neither_registered_nor_adopted(intake, problem):
    project = intake.declared()
    intake.done(f"/projects/{project}/decommission-report", {"reason": "不再建设。"})
    for path, body in (
        (f"/projects/{project}/registration", {"city_system_ref": "320902-2026-0001"}),
        ("/annual-plans/2027/projects", {"project_ids": [project]}),
        ("/annual-plans/2027/drafts", {"add": [project]}),
    ):
        problem(intake.post(path, body, "bureau"), 409, "decommissioned")


def test_a_unit_sees_its_own_projects_and_others_see_all(intake, problem):
    own = intake.declared()
    other = intake.declared(unit="亭湖区卫健委")
    listed = intake.get("/projects", "unit").json()["items"]
    assert [item["id"] for item in listed] == [own]
    problem(intake.get(f"/projects/{other}", "unit"), 403, "not_your_unit")
    for reader in ("bureau", "audit", "portal"):
        listed = intake.get("/projects", reader).json()["items"]
        assert [item["id"] for item in listed] == [own, other]


def test_projects_come_in_pages(intake):
    projects = [intake.declared() for _ in range(3)]
    first = intake.get("/projects?limit=2").json()
    second = intake.get("/projects", params={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert [item["id"] for item in first["items"] + second["items"]] == projects
    assert second["next_cursor"] is None
