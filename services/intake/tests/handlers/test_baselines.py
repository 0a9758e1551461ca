"""What was approved, and what has come to differ from it (Arts 18, 28)."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from govproject.contracts.review import FiscalEvaluationRecorded, ProjectApproved
from govproject.messaging.receiving import Outcome
from govproject.resources import Resources

AWARDED = {"award_notice_on": "2026-08-03", "contract_filed_on": "2026-08-04"}


@pytest.fixture
def approved(intake):
    """A project approved for less than was declared."""
    project = intake.registered(budget_yuan="1200000")
    intake.tell(*approval(intake, project))
    intake.clock.turn(days=1)
    return project


def approval(intake, project):
    """What review tells of an evaluation and an approval at 110万."""
    return (
        FiscalEvaluationRecorded(
            project_id=UUID(project),
            report_number="亭财评〔2026〕7号",
            evaluated_yuan=Decimal(1100000),
            recorded_at=intake.clock(),
        ),
        ProjectApproved(
            project_id=UUID(project),
            approval_number="亭数批〔2026〕12号",
            project_code="2608-320902-04-01-123456",
            approved_yuan=Decimal(1100000),
            approved_on=date(2026, 8, 3),
            cloud_plan=Resources(vcpus=64),
            filing_form_due_on=date(2026, 8, 17),
            filing_form_due_provisional=False,
        ),
    )


def approve(intake, change: str, **changes: object):
    body = {"document": "亭数批〔2026〕30号", "approved_on": "2026-08-04"} | changes
    return intake.post(f"/changes/{change}/approval", body, "bureau")


def excepted(intake, project: str, rule: str) -> None:
    body = {
        "rule": rule,
        "reason": "上级追加任务。",
        "document": "区数据局会议纪要〔2026〕9号",
        "expires_on": "2026-12-31",
    }
    intake.done(f"/projects/{project}/exceptions", body, "bureau")


def changed(intake, project: str, **changes: object) -> str:
    body = {"aspects": ["content"], "description": "增加统计模块。"} | changes
    return str(intake.done(f"/projects/{project}/changes", body)["id"])


def test_before_the_approval_there_is_no_baseline(intake):
    project = intake.registered()
    changed(intake, project)
    assert intake.get(f"/projects/{project}/baseline", "unit").json() == {
        "project_id": project,
        "baseline": None,
        "changes": [],
        "contracted_yuan": "0",
    }


def test_what_was_approved_is_frozen(intake, approved):
    baseline = intake.get(f"/projects/{approved}/baseline", "unit").json()["baseline"]
    assert baseline.pop("plan_sha256")
    assert baseline == {
        "approval_number": "亭数批〔2026〕12号",
        "project_code": "2608-320902-04-01-123456",
        "approved_on": "2026-08-03",
        "approved_yuan": "1100000.00",
        "fiscal_report": "亭财评〔2026〕7号",
        "project_name": "智慧校园",
        "kind": "new",
        "builds_system": True,
        "deployment_target": "district_cloud",
        "plan_name": "项目实施方案.docx",
        "cloud_plan": Resources(vcpus=64).model_dump(),
        "responsible_body": "教育局信息中心",
        "responsible_person": "张三",
        "frozen_at": "2026-08-03T09:30:00+08:00",
    }
    change = changed(
        intake,
        approved,
        aspects=["amount", "responsibility"],
        new_budget_yuan="1300000",
        new_responsible_person="李四",
    )
    excepted(intake, approved, "change_within_evaluation")
    assert approve(intake, change).is_success
    intake.done(f"/changes/{change}/filing")
    after = intake.get(f"/projects/{approved}/baseline").json()["baseline"]
    assert (after["approved_yuan"], after["responsible_person"]) == ("1100000.00", "张三")


def test_changes_are_compared_with_what_was_approved(intake, approved):
    changes = [
        changed(
            intake,
            approved,
            aspects=["content", "scale", "amount", "responsibility"],
            new_budget_yuan="1300000",
            new_cloud_plan={"vcpus": 128},
            new_responsible_body="教育局办公室",
            new_responsible_person="张三",
        ),
        changed(intake, approved, aspects=["scale"], description="增加两个点位。"),
    ]
    excepted(intake, approved, "change_within_evaluation")
    assert approve(intake, changes[0]).is_success
    intake.done(f"/changes/{changes[0]}/filing")
    (announced,) = intake.published("change.approved")
    (filed,) = intake.published("change.filed")
    assert (announced.approved_plan, filed.approved_plan) == (None, Resources(vcpus=128))
    shown = intake.get(f"/projects/{approved}/baseline", "audit").json()["changes"]
    assert [change["change_id"] for change in shown] == changes
    assert [change["filed_at"] is None for change in shown] == [False, True]
    assert [list(d.values()) for d in shown[0]["differences"]] == [
        ["content", "项目实施方案.docx", "增加统计模块。"],
        ["scale", "虚拟CPU 64核", "虚拟CPU 128核"],
        ["amount", "1100000.00元", "1300000.00元"],
        ["responsibility", "教育局信息中心", "教育局办公室"],
    ]
    assert [list(d.values()) for d in shown[1]["differences"]] == [
        ["scale", "虚拟CPU 64核", "增加两个点位。"]
    ]


def test_contracts_beyond_what_was_approved_wait_for_a_change(intake, problem, approved):
    path = f"/projects/{approved}/contracts"
    intake.contracted(approved, amount_yuan="1000000", **AWARDED)
    more = intake.contract(amount_yuan="100000.01", **AWARDED)
    body = problem(intake.post(path, more), 409, "refused")
    assert [(f["rule"], f["article"]) for f in body["findings"]] == [
        ("implement_as_approved", "18")
    ]
    change = changed(intake, approved, aspects=["amount"], new_budget_yuan="1200000")
    problem(intake.post(path, more), 409, "refused")
    excepted(intake, approved, "change_within_evaluation")
    assert approve(intake, change).is_success
    problem(intake.post(path, more), 409, "refused")
    intake.done(f"/changes/{change}/filing")
    intake.done(path, more)
    shown = intake.get(f"/projects/{approved}/baseline").json()
    assert shown["contracted_yuan"] == "1100000.01"


def test_a_further_evaluation_carries_the_change_that_it_is_of(intake, problem, approved):
    change = changed(intake, approved, aspects=["amount"], new_budget_yuan="1500000")
    body = problem(approve(intake, change), 409, "refused")
    assert [(f["rule"], f["article"]) for f in body["findings"]] == [
        ("change_within_evaluation", "10")
    ]
    assert "重新报区财政局评审" in body["findings"][0]["remedy"]
    evaluated = FiscalEvaluationRecorded(
        project_id=UUID(approved),
        report_number="亭财评〔2026〕30号",
        evaluated_yuan=Decimal(1500000),
        recorded_at=intake.clock(),
    )
    assert intake.tell(evaluated) == {Outcome.DONE: 1}
    assert approve(intake, change).is_success
    intake.done(f"/changes/{change}/filing")
    # What was approved, and on which report, stays as it was.
    baseline = intake.get(f"/projects/{approved}/baseline").json()["baseline"]
    assert (baseline["approved_yuan"], baseline["fiscal_report"]) == (
        "1100000.00",
        "亭财评〔2026〕7号",
    )


def test_a_unit_alone_changes_nothing_that_was_approved(intake, problem, approved):
    change = changed(intake, approved, aspects=["amount"], new_budget_yuan="9000000")
    body = problem(intake.post(f"/changes/{change}/filing"), 409, "refused")
    assert [(f["rule"], f["article"]) for f in body["findings"]] == [
        ("change_approved_before_filing", "28")
    ]
    body = problem(approve(intake, change), 409, "refused")
    assert [(f["rule"], f["article"]) for f in body["findings"]] == [
        ("change_within_evaluation", "10")
    ]
    beyond = intake.contract(amount_yuan="9000000", **AWARDED)
    problem(intake.post(f"/projects/{approved}/contracts", beyond), 409, "refused")
    steps = intake.get(f"/projects/{approved}/next-step").json()["steps"]
    (step,) = [step for step in steps if step["step"] == "变更报备"]
    assert [f["rule"] for f in step["decision"]["findings"]] == ["change_approved_before_filing"]


def test_an_approved_change_is_filed(intake, problem, approved):
    change = changed(intake, approved)
    problem(approve(intake, change, approved_on="2026-08-05"), 422, "date_in_future")
    answer = problem(
        approve(intake, change, approved_on="2026-08-03"), 422, "approved_before_determined"
    )
    assert "2026-08-04" in answer["detail"]
    view = approve(intake, change).json()
    assert (view["approval_document"], view["approved_on"]) == ("亭数批〔2026〕30号", "2026-08-04")
    (event,) = intake.published("change.approved")
    assert (str(event.change_id), event.document) == (change, "亭数批〔2026〕30号")
    problem(approve(intake, change), 409, "change_already_approved")
    intake.done(f"/changes/{change}/filing")


def test_an_approved_change_that_is_given_up_is_shown_and_raises_nothing(intake, problem, approved):
    change = changed(intake, approved, aspects=["amount"], new_budget_yuan="1100000")
    assert approve(intake, change).is_success
    intake.done(f"/changes/{change}/withdrawal", {"reason": "不再实施。"})
    problem(intake.post(f"/changes/{change}/filing"), 409, "change_withdrawn")
    (shown,) = intake.get(f"/projects/{approved}/baseline").json()["changes"]
    assert (shown["filed_at"], shown["withdrawal_reason"]) == (None, "不再实施。")
    assert shown["withdrawn_at"] is not None


def test_a_change_of_before_the_approval_raises_no_ceiling_when_approved_afterwards(
    intake, problem
):
    project = intake.registered(budget_yuan="1200000")
    early = changed(
        intake,
        project,
        aspects=["amount", "scale"],
        new_budget_yuan="1150000",
        new_cloud_plan={"vcpus": 128},
    )
    intake.done(f"/changes/{early}/filing")
    intake.clock.turn(days=1)
    intake.tell(*approval(intake, project))
    intake.clock.turn(days=1)
    excepted(intake, project, "change_within_evaluation")
    assert approve(intake, early, approved_on="2026-08-01").is_success
    assert intake.published("change.approved")[0].approved_plan is None
    body = intake.contract(amount_yuan="1150000", **AWARDED)
    answer = problem(intake.post(f"/projects/{project}/contracts", body), 409, "refused")
    assert [f["rule"] for f in answer["findings"] if f["lifted_by"] is None] == [
        "implement_as_approved"
    ]
    intake.contracted(project, amount_yuan="1100000", **AWARDED)


def test_what_touches_no_approval_needs_none(intake, problem, approved):
    named = {"aspects": ["responsibility"], "new_responsible_person": "李四"}
    change = changed(intake, approved, **named)
    problem(approve(intake, change), 409, "approval_not_needed")
    intake.done(f"/changes/{change}/filing")
    other = changed(intake, intake.registered("320902-2026-0002"))
    problem(approve(intake, other), 409, "approval_not_needed")


def test_another_units_baseline_is_not_shown(intake, problem, approved):
    answer = intake.call("GET", f"/projects/{approved}/baseline", "unit", "亭湖区卫健委")
    problem(answer, 403, "not_your_unit")


def test_what_was_approved_beyond_the_evaluation_may_be_lowered_to_less(intake):
    project = intake.registered(budget_yuan="1200000")
    evaluated, approved = approval(intake, project)
    lower = evaluated.model_copy(update={"evaluated_yuan": Decimal(1000000)})
    intake.tell(lower, approved)
    intake.clock.turn(days=1)
    change = changed(intake, project, aspects=["amount"], new_budget_yuan="1050000")
    assert approve(intake, change).is_success
    assert intake.done(f"/changes/{change}/filing")["filed_at"] is not None
