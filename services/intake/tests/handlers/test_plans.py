"""The annual plan and its versions (Arts 5, 6)."""

from uuid import UUID, uuid4

import pytest

from govproject_intake.tables import AnnualPlan, PlanEntry

PLAN = "/annual-plans/2027"
REASON = {"reason": "年中新增上级部署任务。"}


def shown(intake, as_: str = "bureau"):
    return intake.get(PLAN, as_).json()


def states(plan) -> list[tuple[int, str]]:
    return [(version["version"], version["state"]) for version in plan["versions"]]


def test_the_annual_plan_takes_all_or_none(intake, problem):
    projects = [intake.declared(), intake.declared()]
    other_year = intake.declared(plan_year=2028)
    path = f"{PLAN}/projects"
    refused = intake.post(path, {"project_ids": [*projects, other_year]}, "bureau")
    assert problem(refused, 409, "not_adoptable")["id"] == other_year
    unknown = str(uuid4())
    problem(intake.post(path, {"project_ids": [*projects, unknown]}, "bureau"), 404, "not_found")
    assert intake.published("project.plan_adopted") == []
    assert intake.count(AnnualPlan, PlanEntry) == 0

    view = intake.done(path, {"project_ids": [*projects, projects[0]]}, "bureau")
    assert view == {"plan_year": 2027, "version": 1, "adopted": projects}
    assert [str(e.project_id) for e in intake.published("project.plan_adopted")] == projects
    assert intake.get(f"/projects/{projects[0]}").json()["plan_adopted_year"] == 2027
    again = intake.post(path, {"project_ids": [projects[0]]} | REASON, "bureau")
    problem(again, 409, "not_adoptable")


def test_a_plan_is_drafted_consolidated_and_published(intake, problem):
    first, second, late = (intake.declared() for _ in range(3))
    plan = intake.done(f"{PLAN}/drafts", {"add": [first, late]}, "bureau")
    assert states(plan) == [(1, "draft")]
    plan = intake.done(f"{PLAN}/drafts", {"add": [second], "remove": [late]}, "bureau")
    assert [project["project_id"] for project in plan["projects"]] == [first, second]
    assert [project["project_id"] for project in plan["left_out"]] == [late]
    assert intake.published("project.plan_adopted") == []

    problem(intake.post(f"{PLAN}/publication", {}, "bureau"), 409, "step_not_possible")
    plan = intake.done(f"{PLAN}/consolidation", as_="bureau")
    assert states(plan) == [(1, "consolidated")]
    problem(intake.post(f"{PLAN}/consolidation", as_="bureau"), 409, "step_not_possible")
    answer = intake.post(f"{PLAN}/projects", {"project_ids": [late]}, "bureau")
    problem(answer, 409, "plan_open")
    assert intake.get(f"/projects/{first}").json()["plan_adopted_year"] is None

    view = intake.done(f"{PLAN}/publication", {"published_on": "2026-08-01"}, "bureau")
    assert view == {"plan_year": 2027, "version": 1, "adopted": [first, second]}
    assert [str(e.project_id) for e in intake.published("project.plan_adopted")] == [first, second]
    assert intake.get(f"/projects/{first}").json()["plan_adopted_year"] == 2027
    plan = shown(intake)
    assert states(plan) == [(1, "published")]
    assert plan["versions"][0]["published_on"] == "2026-08-01"
    problem(intake.post(f"{PLAN}/publication", {}, "bureau"), 409, "step_not_possible")


def test_a_consolidated_version_is_opened_again_before_it_is_published(intake):
    first, second = intake.declared(), intake.declared()
    intake.done(f"{PLAN}/drafts", {"add": [first]}, "bureau")
    intake.done(f"{PLAN}/consolidation", as_="bureau")
    plan = intake.done(f"{PLAN}/drafts", {"add": [second]}, "bureau")
    assert states(plan) == [(1, "draft")]


def test_an_addition_within_the_year_is_a_version_with_its_reason(intake, problem):
    first, second, third = (intake.declared() for _ in range(3))
    intake.done(f"{PLAN}/projects", {"project_ids": [first]}, "bureau")
    for path, body in (
        (f"{PLAN}/projects", {"project_ids": [second]}),
        (f"{PLAN}/drafts", {"add": [second]}),
    ):
        assert problem(intake.post(path, body, "bureau"), 409, "reason_missing")["version"] == 1
    intake.done(f"{PLAN}/projects", {"project_ids": [second]} | REASON, "bureau")
    intake.done(f"{PLAN}/drafts", {"add": [third]} | REASON, "bureau")
    plan = shown(intake)
    assert states(plan) == [(1, "published"), (2, "published"), (3, "draft")]
    assert [version["reason"] for version in plan["versions"]] == [
        None,
        REASON["reason"],
        REASON["reason"],
    ]
    assert [(p["project_id"], p["version"]) for p in plan["projects"]] == [
        (first, 1),
        (second, 2),
        (third, 3),
    ]


def test_a_project_is_in_one_plan_only(intake, problem):
    project = intake.declared()
    intake.done(f"{PLAN}/drafts", {"add": [project]}, "bureau")
    for path in (PLAN, "/annual-plans/2028"):
        answer = intake.post(f"{path}/drafts", {"add": [project]}, "bureau")
        assert problem(answer, 409, "not_adoptable")["id"] == project
    assert intake.count(PlanEntry) == 1


def test_what_is_in_no_draft_is_not_taken_out(intake, problem):
    adopted, declared = intake.declared(), intake.declared()
    intake.done(f"{PLAN}/projects", {"project_ids": [adopted]}, "bureau")
    for project in (adopted, declared, str(uuid4())):
        answer = intake.post(f"{PLAN}/drafts", {"remove": [project]} | REASON, "bureau")
        problem(answer, 409, "not_in_draft")
    assert intake.count(PlanEntry) == 1


def test_a_draft_without_projects_goes_no_further(intake, problem):
    project = intake.declared()
    for step in ("consolidation", "publication"):
        problem(intake.post(f"{PLAN}/{step}", {}, "bureau"), 409, "no_plan")
    intake.done(f"{PLAN}/drafts", {"add": [project]}, "bureau")
    intake.done(f"{PLAN}/drafts", {"remove": [project]}, "bureau")
    problem(intake.post(f"{PLAN}/consolidation", as_="bureau"), 409, "plan_empty")
    assert states(shown(intake)) == [(1, "draft")]


@pytest.mark.parametrize(
    ("step", "body", "code"),
    [
        ("drafts", {}, "invalid_request"),
        ("drafts", {"add": ["seven"]}, "invalid_request"),
        ("publication", {"published_on": "2026-08-04"}, "date_in_future"),
    ],
)
def test_a_plan_that_makes_no_sense(intake, problem, step, body, code):
    problem(intake.post(f"{PLAN}/{step}", body, "bureau"), 422, code)


def test_drafts_are_the_bureaus_and_units_see_their_own_projects(intake):
    own, other = intake.declared(), intake.declared("亭湖区卫健委")
    drafted = intake.declared()
    intake.done(f"{PLAN}/projects", {"project_ids": [own, other]}, "bureau")
    intake.done(f"{PLAN}/drafts", {"add": [drafted]} | REASON, "bureau")
    assert [p["project_id"] for p in shown(intake)["projects"]] == [own, other, drafted]
    finance = shown(intake, "finance")
    assert [p["project_id"] for p in finance["projects"]] == [own, other]
    assert (states(finance), finance["left_out"]) == ([(1, "published")], [])
    assert [p["project_id"] for p in shown(intake, "unit")["projects"]] == [own]


def lately(intake) -> str:
    """The id of a project that is declared before the third quarter."""
    intake.clock.turn(days=-40)
    project = intake.declared()
    intake.clock.turn(days=40)
    return project


def test_a_late_declaration_comes_in_with_a_reason_of_the_bureau(intake, problem):
    late = lately(intake)
    in_time = intake.declared()
    path = f"{PLAN}/projects"
    body = problem(intake.post(path, {"project_ids": [in_time, late]}, "bureau"), 409, "refused")
    assert [(f["rule"], f["article"]) for f in body["findings"]] == [
        ("late_declaration_accepted", "5")
    ]
    assert "理由" in body["findings"][0]["remedy"]
    asked = intake.done("/checks/annual_plan", {"project_id": late}, "bureau")
    assert [finding["rule"] for finding in asked["findings"]] == ["late_declaration_accepted"]
    intake.done(path, {"project_ids": [in_time, late]} | REASON, "bureau")
    plan = shown(intake)
    assert [version["reason"] for version in plan["versions"]] == [REASON["reason"]]
    assert {p["project_id"]: p["late"] for p in plan["projects"]} == {in_time: False, late: True}


def test_a_draft_gets_the_reason_for_what_is_late_before_it_is_published(intake, problem):
    late = lately(intake)
    intake.done(f"{PLAN}/drafts", {"add": [late]} | REASON, "bureau")
    with intake.runtime.db.write() as session:  # as it was before a reason was asked for
        session.get_one(AnnualPlan, (2027, 1)).reason = None
        session.get_one(PlanEntry, UUID(late)).reason = None
    intake.done(f"{PLAN}/consolidation", as_="bureau")
    problem(intake.post(f"{PLAN}/publication", {}, "bureau"), 409, "refused")
    intake.done(f"{PLAN}/drafts", {"remove": [late], "add": [late]} | REASON, "bureau")
    intake.done(f"{PLAN}/consolidation", as_="bureau")
    view = intake.done(f"{PLAN}/publication", {}, "bureau")
    assert view["adopted"] == [late]


def test_what_is_late_keeps_the_reason_with_which_it_came_in(intake):
    first, second = lately(intake), lately(intake)
    in_time = intake.declared()
    intake.done(f"{PLAN}/drafts", {"add": [first, in_time], "reason": "甲理由。"}, "bureau")
    intake.done(f"{PLAN}/drafts", {"add": [second], "reason": "乙理由。"}, "bureau")
    plan = shown(intake)
    assert {p["project_id"]: p["reason"] for p in plan["projects"]} == {
        first: "甲理由。",
        second: "乙理由。",
        in_time: None,
    }
    with intake.runtime.db.write() as session:  # as an older build kept it
        session.get_one(PlanEntry, UUID(first)).reason = None
    intake.done(f"{PLAN}/consolidation", as_="bureau")
    intake.done(f"{PLAN}/publication", {}, "bureau")
    plan = shown(intake)
    assert {p["project_id"]: p["reason"] for p in plan["projects"]} == {
        first: "乙理由。",
        second: "乙理由。",
        in_time: None,
    }
