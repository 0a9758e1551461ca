"""Rectification orders (Art 29)."""

from uuid import uuid4

import pytest

from govproject_intake.tables import RectificationOrder

FAILED = {"reason": "期限届满，问题仍未整改。"}
CLEARED = {"reason": "复查合格。"}


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
    view = intake.done(path, FAILED, "cyberspace")
    assert (view["state"], view["outcome"]) == ("failed", FAILED["reason"])
    (event,) = intake.published("rectification.failed")
    assert (str(event.order_id), event.reason) == (order, FAILED["reason"])
    problem(intake.post(path, FAILED, "cyberspace"), 409, "step_not_possible")


def test_a_rectification_is_cleared_in_time_or_after_it_failed(intake, problem):
    project = intake.registered()
    in_time, late = intake.ordered(project), intake.ordered(project, "2026-08-03")
    intake.done(f"/rectification-orders/{late}/failure", FAILED, "audit")
    for order in (in_time, late):
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
