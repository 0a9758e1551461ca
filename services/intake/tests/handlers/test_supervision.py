"""Rectification orders (Art 29)."""

from uuid import uuid4

import pytest

from govproject.obligations import reminding
from govproject_intake.app import SERVICE
from govproject_intake.handlers.obligations import KEEPER
from govproject_intake.tables import RectificationOrder

FAILED = {"reason": "期限届满，问题仍未整改。"}
CLEARED = {"reason": "复查合格。"}
STRANGE = {"as_": "unit", "unit": "亭湖区卫健委"}


def owed(intake, project):
    return intake.get(f"/projects/{project}/next-step", "unit").json()["obligations"]


def remind(intake):
    while reminding.notice_next(intake.runtime.db, KEEPER.events, intake.clock()):
        pass


@pytest.mark.parametrize("inspector", ["bureau", "party-office", "cyberspace", "finance", "audit"])
def test_departments_order_rectifications(intake, inspector):
    project = intake.registered()
    body = {"problem": "日志留存不足六个月。", "due_on": "2026-08-03"}
    view = intake.done(f"/projects/{project}/rectification-orders", body, inspector)
    assert (view["state"], view["due_on"], view["outcome"]) == ("ordered", "2026-08-03", None)
    (event,) = intake.published("rectification.ordered")
    assert (str(event.order_id), event.problem) == (view["id"], body["problem"])


def test_a_limit_in_the_past_is_none(intake, problem):
    project = intake.registered()
    body = {"problem": "日志留存不足六个月。", "due_on": "2026-08-02"}
    answer = intake.post(f"/projects/{project}/rectification-orders", body, "audit")
    problem(answer, 422, "due_in_past")
    assert intake.count(RectificationOrder) == 0


def test_a_rectification_fails_when_its_time_is_up_and_not_before(intake, problem):
    order = intake.ordered(intake.registered(), "2026-08-31")
    path = f"/rectification-orders/{order}/failure"
    body = problem(intake.post(path, FAILED, "cyberspace"), 409, "not_yet_due")
    assert body["due_on"] == "2026-08-31"
    assert intake.published("rectification.failed") == []
    intake.clock.turn(days=28)
    problem(intake.post(path, FAILED, "cyberspace"), 409, "not_yet_due")
    intake.clock.turn(days=1)
    view = intake.done(path, FAILED, "cyberspace")
    assert (view["state"], view["outcome"]) == ("failed", FAILED["reason"])
    (event,) = intake.published("rectification.failed")
    assert (str(event.order_id), event.reason) == (order, FAILED["reason"])
    problem(intake.post(path, FAILED, "cyberspace"), 409, "step_not_possible")


def test_a_rectification_is_cleared_in_time_or_after_it_failed(intake, problem):
    project = intake.registered()
    in_time, late = intake.ordered(project), intake.ordered(project, "2026-08-03")
    intake.reported(late)
    intake.done(f"/rectification-orders/{late}/failure", FAILED, "audit")
    for order in (in_time, late):
        answer = intake.post(f"/rectification-orders/{order}/clearance", CLEARED, "audit")
        body = problem(answer, 409, "step_not_possible")
        assert "报告整改情况并上传整改证明材料" in body["detail"]
        intake.reported(order)
        view = intake.done(f"/rectification-orders/{order}/clearance", CLEARED, "audit")
        assert (view["state"], view["outcome"]) == ("cleared", CLEARED["reason"])
    cleared = [str(event.order_id) for event in intake.published("rectification.cleared")]
    assert cleared == [in_time, late]
    intake.clock.turn(days=60)
    path = f"/rectification-orders/{in_time}"
    problem(intake.post(f"{path}/clearance", CLEARED, "audit"), 409, "step_not_possible")
    problem(intake.post(f"{path}/failure", FAILED, "audit"), 409, "step_not_possible")


def test_nothing_is_recorded_about_a_project_that_does_not_exist(intake, problem):
    nowhere = f"/projects/{uuid4()}"
    order = {"problem": "日志留存不足六个月。", "due_on": "2026-08-31"}
    problem(intake.post(f"{nowhere}/contracts", intake.contract()), 404, "not_found")
    problem(intake.post(f"{nowhere}/rectification-orders", order, "audit"), 404, "not_found")
    for step in ("failure", "clearance"):
        answer = intake.post(f"/rectification-orders/{uuid4()}/{step}", CLEARED, "audit")
        problem(answer, 404, "not_found")
    assert intake.published() == []


def test_a_unit_reads_the_order_and_reports_with_a_file(intake, problem):
    project = intake.registered()
    order = intake.ordered(project)
    (found,) = intake.get(f"/projects/{project}/rectification-orders", "unit").json()["orders"]
    assert (found["id"], found["problem"], found["due_on"]) == (
        order,
        "日志留存不足六个月。",
        "2026-08-31",
    )
    (duty,) = owed(intake, project)
    assert (duty["rule"], duty["article"], duty["due_on"]) == (
        "false_filing_rectify",
        "29",
        "2026-08-31",
    )
    assert "日志留存不足六个月。" in duty["task"]
    body = {"proof": "已整改。"}
    closure = intake.post(f"/obligations/{duty['id']}/closure", body)
    assert "报告整改情况" in problem(closure, 409, "closed_by_report")["detail"]
    path = f"/rectification-orders/{order}/report"
    problem(intake.post(path, {"report": "已整改。"}), 422, "invalid_request")
    unknown = {"report": "已整改。", "file_id": str(uuid4())}
    assert intake.post(path, unknown).status_code in {404, 422}
    view = intake.reported(order)
    assert (view["state"], view["reported_by"]) == ("reported", "unit")
    assert owed(intake, project) == []
    (event,) = intake.published("rectification.reported")
    assert (str(event.order_id), str(event.file_id)) == (order, view["report_file_id"])
    (waits,) = intake.get("/rectification-orders?state=reported", "audit").json()["items"]
    assert waits == view == intake.get(f"/rectification-orders/{order}", "audit").json()
    view = intake.done(f"/rectification-orders/{waits['id']}/clearance", CLEARED, "audit")
    assert view["state"] == "cleared"


def test_what_is_not_in_place_is_owed_on_without_a_day(intake):
    project = intake.registered()
    order = intake.ordered(project, "2026-08-03")
    for _ in range(2):
        intake.reported(order)
        intake.done(f"/rectification-orders/{order}/failure", FAILED, "audit")
        (duty,) = owed(intake, project)
        assert (duty["due_on"], duty["overdue"]) == (None, False)
    assert len(intake.published("rectification.failed")) == 2
    intake.reported(order)
    assert owed(intake, project) == []


def test_a_unit_that_lets_the_limit_pass_is_reminded_and_overdue(intake):
    order = intake.ordered(intake.registered(), "2026-08-31")
    intake.clock.turn(days=26)
    remind(intake)
    (near,) = intake.published("obligation.near")
    assert near.rule == "false_filing_rectify"
    intake.clock.turn(days=3)
    remind(intake)
    (overdue,) = intake.published("obligation.overdue")
    assert overdue.due_on.isoformat() == "2026-08-31"
    intake.done(f"/rectification-orders/{order}/failure", FAILED, "audit")
    assert len(intake.published("obligation.opened")) == 1
    assert len(SERVICE.workers) == 1


def test_another_units_orders_are_not_shown(intake, problem):
    project = intake.registered()
    order = intake.ordered(project)
    assert intake.get("/rectification-orders", **STRANGE).json()["items"] == []
    problem(intake.get(f"/rectification-orders/{order}", **STRANGE), 403, "not_your_unit")
    path = f"/projects/{project}/rectification-orders"
    problem(intake.get(path, **STRANGE), 403, "not_your_unit")
    assert [each["id"] for each in intake.get("/rectification-orders", "unit").json()["items"]] == [
        order
    ]


def test_only_what_is_filed_can_be_untrue_and_nothing_that_has_ended_is_ordered(intake, problem):
    project = intake.registered()
    path = f"/projects/{project}/rectification-orders"
    body = {"problem": "与实际不符。", "due_on": "2026-08-31", "ground": "untrue_filing"}
    answer = problem(intake.post(path, body, "audit"), 409, "not_filed")
    assert "以违规建设责令整改（第29条）" in answer["detail"]
    view = intake.done(path, body | {"ground": "irregular_construction"}, "audit")
    assert view["ground"] == "irregular_construction"
    intake.filed(project)
    intake.done(path, body, "audit")
    intake.done(f"/projects/{project}/decommission-report", {"reason": "停用。"})
    assert problem(intake.post(path, body, "audit"), 409, "decommissioned")["article"] == "34"
    # What was ordered before is still answered.
    assert intake.reported(view["id"])["state"] == "reported"
