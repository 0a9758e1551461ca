"""Contracts, rectification orders, exceptions (Arts 13, 26, 29, 31)."""

from decimal import Decimal
from uuid import uuid4

import pytest

from govproject_intake.tables import Contract, ExceptionGrant, RectificationOrder

CONTRACT = {
    "contractor": "盐城软件公司",
    "amount_yuan": "280000",
    "award_notice_on": "2026-07-01",
    "contract_filed_on": "2026-07-20",
    "free_ops_months": 24,
}
EXCEPTION = {
    "rule": "filing_duplicate",
    "reason": "与省平台对接所需。",
    "document": "区数据局会议纪要〔2026〕8号",
    "expires_on": "2026-12-31",
}
FAILED = {"reason": "期限届满，问题仍未整改。"}
CLEARED = {"reason": "复查合格。"}


def test_a_contract_is_recorded(intake):
    project = intake.registered()
    view = intake.done(f"/projects/{project}/contracts", CONTRACT | {"supervisor": "监理公司"})
    assert view["contractor"] == "盐城软件公司"
    (event,) = intake.published("contract.recorded")
    assert event.model_dump(exclude={"project_id", "contract_id", "recorded_at"}, mode="json") == (
        CONTRACT | {"supervisor": "监理公司", "amount_yuan": "280000.00"}
    )
    assert (str(event.contract_id), event.recorded_at) == (view["id"], intake.clock())
    intake.done(f"/projects/{project}/contracts", CONTRACT)
    assert intake.published("contract.recorded")[1].supervisor is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"award_notice_on": "2026-07-21"}, "contract_before_award"),
        ({"contract_filed_on": "2026-08-04"}, "date_in_future"),
        ({"amount_yuan": "0"}, "invalid_request"),
        ({"amount_yuan": 280000.0}, "invalid_request"),
        ({"free_ops_months": 241}, "invalid_request"),
        ({"free_ops_months": -1}, "invalid_request"),
        ({"award_notice_on": "2026-02-30"}, "invalid_request"),
        ({"contractor": ""}, "invalid_request"),
    ],
)
def test_a_contract_that_makes_no_sense(intake, problem, changes, code):
    project = intake.registered()
    problem(intake.post(f"/projects/{project}/contracts", CONTRACT | changes), 422, code)
    assert (intake.count(Contract), intake.published("contract.recorded")) == (0, [])


@pytest.mark.parametrize("filed_on", ["2026-07-01", "2026-08-03"])
def test_a_contract_filed_on_the_day_of_the_award_or_today(intake, filed_on):
    body = CONTRACT | {"contract_filed_on": filed_on}
    intake.done(f"/projects/{intake.registered()}/contracts", body)
    assert intake.published("contract.recorded")[0].amount_yuan == Decimal(280000)


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


def test_an_exception_is_granted_and_published(intake):
    project = intake.registered()
    view = intake.done(f"/projects/{project}/exceptions", EXCEPTION, "bureau")
    assert view["approver"] == "bureau"
    (event,) = intake.published("exception.granted")
    assert event.model_dump(mode="json", exclude={"project_id", "exception_id", "granted_at"}) == (
        EXCEPTION | {"kind": "exception", "approver": "bureau"}
    )
    assert str(event.exception_id) == view["id"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"expires_on": "2026-08-02"}, "expires_in_past"),
        ({"rule": "第26条"}, "invalid_request"),
        ({"rule": "x"}, "invalid_request"),
        ({"reason": ""}, "invalid_request"),
        ({"document": "\u0000"}, "invalid_request"),
        ({"kind": "bureau_decision"}, "invalid_request"),
    ],
)
def test_an_exception_that_makes_no_sense(intake, problem, changes, code):
    project = intake.registered()
    answer = intake.post(f"/projects/{project}/exceptions", EXCEPTION | changes, "bureau")
    problem(answer, 422, code)
    assert intake.count(ExceptionGrant) == 0


def test_nothing_is_recorded_about_a_project_that_does_not_exist(intake, problem):
    nowhere = f"/projects/{uuid4()}"
    order = {"problem": "日志留存不足六个月。", "due_on": "2026-08-31"}
    problem(intake.post(f"{nowhere}/contracts", CONTRACT), 404, "not_found")
    problem(intake.post(f"{nowhere}/rectification-orders", order, "audit"), 404, "not_found")
    problem(intake.post(f"{nowhere}/exceptions", EXCEPTION, "bureau"), 404, "not_found")
    for step in ("failure", "clearance"):
        answer = intake.post(f"/rectification-orders/{uuid4()}/{step}", CLEARED, "audit")
        problem(answer, 404, "not_found")
    assert intake.published() == []
