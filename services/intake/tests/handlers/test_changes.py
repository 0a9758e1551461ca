"""Changes: determined, then filed, which re-derives the track (Arts 4, 28)."""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from govproject.contracts.review import FiscalEvaluationRecorded, PreReviewPassed, PreReviewReturned
from govproject_intake.tables import Change


def determined(intake, project, **changes: object):
    body = {"aspects": ["content"], "description": "增加统计模块。"}
    return intake.done(f"/projects/{project}/changes", body | changes)


def test_a_change_takes_effect_when_it_is_filed(intake):
    project = intake.registered()
    change = determined(
        intake,
        project,
        aspects=["scale", "amount"],
        new_budget_yuan="450000",
        new_cloud_plan={"vcpus": 128},
    )
    assert (change["filed_at"], change["track"]) == (None, "filing")
    assert intake.get(f"/projects/{project}").json()["budget_yuan"] == "300000.00"
    (event,) = intake.published("change.determined")
    assert [aspect.value for aspect in event.aspects] == ["scale", "amount"]
    assert str(event.new_budget_yuan) == "450000.00"

    intake.clock.turn(days=1)
    filed = intake.done(f"/changes/{change['id']}/filing")
    assert filed["filed_at"] == "2026-08-04T09:30:00+08:00"
    view = intake.get(f"/projects/{project}").json()
    assert (view["budget_yuan"], view["cloud_plan"]["vcpus"]) == ("450000.00", 128)
    (event,) = intake.published("change.filed")
    assert (str(event.budget_yuan), event.cloud_plan.vcpus) == ("450000.00", 128)
    assert str(event.change_id) == change["id"]


@pytest.mark.parametrize(
    ("before", "after", "track"),
    [
        ("999999.99", "1000000", "full_process"),
        ("1000000", "999999.99", "filing"),
        ("300000", "999999.99", "filing"),
    ],
)
def test_the_track_is_derived_anew(intake, before, after, track):
    project = intake.registered(budget_yuan=before)
    change = determined(intake, project, aspects=["amount"], new_budget_yuan=after)
    assert intake.done(f"/changes/{change['id']}/filing")["track"] == track
    assert intake.get(f"/projects/{project}").json()["track"] == track
    assert intake.published("change.filed")[0].track == track


@pytest.mark.parametrize("begun", ["passed", "returned", "adopted"])
def test_less_money_does_not_end_a_full_process_that_has_begun(intake, problem, begun):
    project = intake.registered(budget_yuan="1000000")
    heard = {"project_id": project, "reviewed_at": intake.clock()}
    if begun == "passed":
        intake.tell(PreReviewPassed(**heard))
    elif begun == "returned":
        intake.tell(PreReviewReturned(**heard, reasons=["必要性不足"]))
    else:
        intake.done("/annual-plans/2027/projects", {"project_ids": [project]}, "bureau")
    change = determined(intake, project, aspects=["amount"], new_budget_yuan="999999")
    assert intake.done(f"/changes/{change['id']}/filing")["track"] == "full_process"
    assert intake.published("change.filed")[0].track == "full_process"
    answer = problem(
        intake.post(f"/projects/{project}/filings", intake.filing()), 409, "not_on_filing_track"
    )
    assert "第4条" in answer["detail"]


@pytest.mark.parametrize("begun", ["adopted", "evaluated", "passed"])
def test_what_was_filed_comes_back_to_its_filing_unless_a_review_began(intake, begun):
    project = intake.registered(budget_yuan="900000")
    filing = intake.filed(project)
    intake.done("/annual-plans/2027/projects", {"project_ids": [project]}, "bureau")
    if begun == "evaluated":
        intake.tell(
            FiscalEvaluationRecorded(
                project_id=UUID(project),
                report_number="亭财评〔2026〕7号",
                evaluated_yuan=Decimal(900000),
                recorded_at=intake.clock(),
            )
        )
    tracks = []
    for amount in ("1200000", "900000"):
        change = determined(intake, project, aspects=["amount"], new_budget_yuan=amount)
        tracks.append(intake.done(f"/changes/{change['id']}/filing")["track"])
        if begun == "passed":
            intake.tell(PreReviewPassed(project_id=UUID(project), reviewed_at=intake.clock()))
    assert tracks == ["full_process", "full_process" if begun == "passed" else "filing"]
    assert intake.get(f"/filings/{filing}").json()["status"] == "submitted"


def test_who_crosses_a_boundary_is_told_what_is_missing(intake):
    project = intake.buildable(budget_yuan="450000")
    change = determined(intake, project, aspects=["amount"], new_budget_yuan="11000000")
    filed = intake.done(f"/changes/{change['id']}/filing")
    assert filed["track"] == "full_process"
    for view in (change, filed):
        assert [f["rule"] for f in view["warnings"]] == ["change_crosses_threshold"] * 2
        routing, design = (f["message"] for f in view["warnings"])
        for step in ("列入年度计划", "项目预审", "部门会审", "5人及以上", "财政评审", "立项批复"):
            assert step in routing
        assert "初步设计方案" in design
    again = determined(intake, project, aspects=["amount"], new_budget_yuan="450000")
    assert ["报备并经认定规范" in f["message"] for f in again["warnings"]] == [True]


def test_small_projects_that_changes_make_large_are_pointed_out(intake):
    projects = [intake.declared(project_name=name, budget_yuan="100000") for name in "甲乙丙"]
    grown = {"aspects": ["amount"], "new_budget_yuan": "799999.99"}
    totals = []
    for project in projects[:2]:
        change = determined(intake, project, **grown)
        filed = intake.done(f"/changes/{change['id']}/filing")
        totals.append(
            [
                [f["fact"]["total_yuan"] for f in view["warnings"] if f["article"] == "4"]
                for view in (change, filed)
            ]
        )
    assert totals == [[[], []], [["1699999.98"], ["1699999.98"]]]
    # What is declared beside them is told by the amounts after the changes.
    view = intake.done("/projects", intake.declaration(project_name="丁", budget_yuan="1000"))
    assert "filing_lt_100" in {f["rule"] for f in view["warnings"]}


@pytest.mark.parametrize(
    ("first", "second", "warned"),
    [
        ({}, {}, True),
        ({"project_name": "一期", "system_name": "校园"}, {"system_name": " 校园 "}, True),
        ({"project_name": "阳光食堂"}, {}, False),
        ({"plan_year": 2026}, {"kind": "upgrade"}, True),
        ({}, {"budget_yuan": "249999.99"}, False),
    ],
)
def test_one_project_split_over_the_years_is_pointed_out(intake, first, second, warned):
    intake.declared(**{"budget_yuan": "750000", "plan_year": 2027} | first)
    later = {"budget_yuan": "750000", "plan_year": 2028} | second
    view = intake.done("/projects", intake.declaration(**later))
    found = [f["message"] for f in view["warnings"] if f["rule"] == "filing_lt_100"]
    assert ["各年度同名或同一系统" in message for message in found] == [True] * warned


def test_operation_of_every_year_is_not_split(intake):
    ops = {"kind": "ops", "builds_system": False, "deployment_target": "none"}
    for year in (2027, 2028):
        body = intake.declaration(**ops, budget_yuan="900000", plan_year=year)
        view = intake.done("/projects", body)
        assert "filing_lt_100" not in {f["rule"] for f in view["warnings"]}


def test_what_did_not_change_stays(intake):
    project = intake.registered()
    change = determined(intake, project)
    intake.done(f"/changes/{change['id']}/filing")
    view = intake.get(f"/projects/{project}").json()
    assert (view["budget_yuan"], view["track"]) == ("300000.00", "filing")
    assert view["cloud_plan"]["vcpus"] == 64


@pytest.mark.parametrize(
    "changes",
    [
        {"aspects": ["amount"], "new_budget_yuan": "600000"},
        {"aspects": ["scale"], "new_cloud_plan": {"vcpus": 4096}},
    ],
    ids=["amount", "plan"],
)
def test_a_new_amount_or_plan_waits_for_the_bureau_again(intake, problem, changes):
    project = intake.registered()
    filing = intake.filed(project)
    intake.done(f"/filings/{filing}/acceptance", as_="bureau")
    change = determined(intake, project, **changes)
    intake.done(f"/changes/{change['id']}/filing")
    assert intake.get(f"/filings/{filing}").json()["status"] == "submitted"
    assert [event.name for event in intake.published()][-2:] == [
        "change.filed",
        "filing.submitted",
    ]
    if "new_budget_yuan" in changes:
        problem(intake.post(f"/filings/{filing}/acceptance", as_="bureau"), 409, "refused")


def test_who_is_responsible_changes_by_change_control(intake):
    project = intake.registered()
    named = {"responsible_body": "教育局信息中心", "responsible_person": "张三"}
    assert intake.get(f"/projects/{project}").json().items() >= named.items()
    change = determined(intake, project, aspects=["responsibility"], new_responsible_person="李四")
    assert intake.get(f"/projects/{project}").json().items() >= named.items()
    intake.done(f"/changes/{change['id']}/filing")
    view = intake.get(f"/projects/{project}").json()
    assert view.items() >= (named | {"responsible_person": "李四"}).items()
    both = {"new_responsible_body": "教育局办公室", "new_responsible_person": "王五"}
    change = determined(intake, project, aspects=["responsibility"], **both)
    intake.done(f"/changes/{change['id']}/filing")
    view = intake.get(f"/projects/{project}").json()
    assert (view["responsible_body"], view["responsible_person"]) == ("教育局办公室", "王五")


@pytest.mark.parametrize("field", ["responsible_body", "responsible_person"])
@pytest.mark.parametrize("value", [None, "", "　"])
def test_nobody_declares_without_who_is_responsible(intake, problem, field, value):
    declaration = intake.declaration(**{field: value})
    body = problem(intake.post("/projects", declaration), 422, "invalid_request")
    assert field in {part for error in body["errors"] for part in error["loc"]}


def test_a_change_of_content_leaves_the_filing_regular(intake):
    project = intake.registered()
    filing = intake.filed(project)
    intake.done(f"/filings/{filing}/acceptance", as_="bureau")
    change = determined(intake, project)
    intake.done(f"/changes/{change['id']}/filing")
    assert intake.get(f"/filings/{filing}").json()["status"] == "accepted"


def test_a_change_is_filed_once(intake, problem):
    change = determined(intake, intake.registered())
    intake.done(f"/changes/{change['id']}/filing")
    problem(intake.post(f"/changes/{change['id']}/filing"), 409, "change_already_filed")
    assert len(intake.published("change.filed")) == 1


@pytest.mark.parametrize("by", ["unit", "bureau"])
def test_a_change_is_given_up_or_declined_before_it_is_filed(intake, problem, by):
    project = intake.registered()
    change = determined(intake, project, aspects=["amount"], new_budget_yuan="9000000")
    path, reason = f"/changes/{change['id']}", {"reason": "金额多填一位。"}
    problem(intake.post(f"{path}/withdrawal", reason, unit="亭湖区卫健委"), 403, "not_your_unit")
    problem(intake.post(f"{path}/withdrawal", {"reason": " "}), 422, "invalid_request")
    view = intake.done(f"{path}/withdrawal", reason, by)
    assert (view["withdrawn_at"], view["withdrawal_reason"]) == (
        "2026-08-03T09:30:00+08:00",
        "金额多填一位。",
    )
    (event,) = intake.published("change.withdrawn")
    assert (str(event.change_id), event.reason) == (change["id"], "金额多填一位。")
    assert event.withdrawn_by == view["withdrawn_by"] != ""
    answer = problem(intake.post(f"{path}/filing"), 409, "change_withdrawn")
    assert "重新确定变更事项" in answer["detail"]
    approval = {"document": "亭数批〔2026〕30号", "approved_on": "2026-08-03"}
    problem(intake.post(f"{path}/approval", approval, "bureau"), 409, "change_withdrawn")
    problem(intake.post(f"{path}/withdrawal", reason, by), 409, "change_withdrawn")
    steps = intake.get(f"/projects/{project}/next-step").json()["steps"]
    assert "变更报备" not in {step["step"] for step in steps}
    assert intake.get(f"/projects/{project}").json()["budget_yuan"] == "300000.00"


def test_a_filed_change_is_not_withdrawn(intake, problem):
    change = determined(intake, intake.registered())
    intake.done(f"/changes/{change['id']}/filing")
    answer = intake.post(f"/changes/{change['id']}/withdrawal", {"reason": "放弃。"})
    assert "另行确定变更事项" in problem(answer, 409, "change_already_filed")["detail"]
    assert intake.published("change.withdrawn") == []


@pytest.mark.parametrize(
    "body",
    [
        {"aspects": ["amount"]},
        {"aspects": ["content"], "new_budget_yuan": "1"},
        {"aspects": ["responsibility"]},
        {"aspects": ["content"], "new_responsible_person": "李四"},
        {"aspects": ["responsibility"], "new_responsible_body": ""},
        {"aspects": []},
        {"aspects": ["colour"]},
        {"aspects": ["amount"], "new_budget_yuan": "-1"},
        {"aspects": ["amount"], "new_budget_yuan": 450000.5},
        {"aspects": ["scale"], "new_cloud_plan": {"vcpus": -1}},
        {"aspects": ["content"], "new_cloud_plan": {"vcpus": 64}},
        {
            "aspects": ["responsibility"],
            "new_responsible_person": "李四",
            "new_cloud_plan": {"vcpus": 64},
        },
        {"aspects": ["content"], "description": " "},
    ],
)
def test_a_change_that_makes_no_sense(intake, problem, body):
    project = intake.registered()
    answer = intake.post(f"/projects/{project}/changes", {"description": "变更。"} | body)
    problem(answer, 422, "invalid_request")
    assert intake.count(Change) == 0


def test_of_another_units_project_or_of_none(intake, problem):
    project = intake.registered()
    body = {"aspects": ["content"], "description": "增加统计模块。"}
    other = {"unit": "亭湖区卫健委"}
    problem(intake.post(f"/projects/{project}/changes", body, **other), 403, "not_your_unit")
    problem(intake.post(f"/projects/{uuid4()}/changes", body), 404, "not_found")
    problem(intake.post(f"/changes/{uuid4()}/filing"), 404, "not_found")
    change = determined(intake, project)
    problem(intake.post(f"/changes/{change['id']}/filing", **other), 403, "not_your_unit")
    assert intake.published("change.filed") == []


def test_a_change_can_be_asked_about_before_and_after_it_is_determined(intake, problem):
    project = intake.buildable(budget_yuan="450000")

    def rules(**suppose: object):
        body = {"project_id": project, "suppose": suppose}
        return [each["rule"] for each in intake.done("/checks/change", body)["findings"]]

    assert rules() == []
    crosses = ["change_crosses_threshold"] * 2
    assert rules(aspects=["amount"], new_amount_yuan="11000000") == crosses
    first = determined(intake, project, aspects=["amount"], new_budget_yuan="11000000")
    assert rules() == crosses
    second = determined(intake, project, aspects=["amount"], new_budget_yuan="440000")
    assert rules() == []
    intake.done(f"/changes/{second['id']}/withdrawal", {"reason": "不再需要。"})
    assert rules() == crosses
    intake.done(f"/changes/{first['id']}/withdrawal", {"reason": "不再需要。"})
    assert rules() == []
    body = {"project_id": project}
    problem(intake.post("/checks/change", body, unit="亭湖区卫健委"), 403, "not_your_unit")
    problem(intake.post("/checks/change", {"project_id": str(uuid4())}), 404, "not_found")
