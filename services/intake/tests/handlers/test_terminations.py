"""Contracts that end early (Art 12)."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from govproject.contracts.acceptance import FinalPassed


def _document() -> tuple[str, bytes]:
    return "合同.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def termination(intake, **changes: object):
    return {
        "terminated_on": "2026-08-01",
        "settled_yuan": "80000",
        "reason": "承建单位未按期履约，双方协议解除。",
        "file_id": intake.handed_in(*_document()),
    } | changes


def test_a_terminated_contract_makes_room_for_another(intake, problem):
    project = intake.buildable()
    path = f"/projects/{project}/contracts"
    first = intake.contracted(project)
    rest = intake.contract(amount_yuan="220000", contractor="亭湖数据公司")
    problem(intake.post(path, rest), 409, "refused")
    body = termination(intake)
    view = intake.done(f"/contracts/{first}/termination", body)
    assert (view["terminated_on"], view["settled_yuan"], view["termination_reason"]) == (
        "2026-08-01",
        "80000.00",
        body["reason"],
    )
    (event,) = intake.published("contract.terminated")
    assert (str(event.contract_id), event.settled_yuan, event.recorded_at) == (
        first,
        Decimal(80000),
        intake.clock(),
    )
    assert intake.get(f"/projects/{project}/baseline").json()["contracted_yuan"] == "80000.00"
    answer = problem(intake.post(path, rest | {"amount_yuan": "220000.01"}), 409, "refused")
    assert answer["findings"][0]["fact"]["total_yuan"] == "300000.01"
    intake.done(path, rest)


@pytest.mark.parametrize("mistake", [True, False])
def test_what_should_not_be_on_record_is_told_from_what_came_to_nothing(intake, mistake):
    contract = intake.contracted(intake.buildable())
    body = termination(intake, settled_yuan="0", recorded_by_mistake=mistake)
    view = intake.done(f"/contracts/{contract}/termination", body)
    assert (view["settled_yuan"], view["recorded_by_mistake"]) == ("0.00", mistake)
    (event,) = intake.published("contract.terminated")
    assert event.recorded_by_mistake is mistake


@pytest.mark.parametrize("said", ["yes", "true", 1, None])
def test_a_mistake_is_said_in_so_many_words(intake, problem, said):
    contract = intake.contracted(intake.buildable())
    body = termination(intake, settled_yuan="0", recorded_by_mistake=said)
    problem(intake.post(f"/contracts/{contract}/termination", body), 422, "invalid_request")
    assert intake.published("contract.terminated") == []


def test_nothing_is_paid_for_what_should_not_be_on_record(intake, problem):
    contract = intake.contracted(intake.buildable())
    body = termination(intake, settled_yuan="0.01", recorded_by_mistake=True)
    problem(intake.post(f"/contracts/{contract}/termination", body), 422, "mistake_settled")
    assert intake.published("contract.terminated") == []


def test_nothing_more_is_done_about_a_terminated_contract(intake, problem):
    project = intake.buildable()
    contract = intake.contracted(project, ends_on="2026-12-31")
    extension = {
        "reason": "场地移交推迟。",
        "new_ends_on": "2027-03-31",
        "milestones": [{"title": "上线", "due_on": "2027-03-31"}],
    }
    path = f"/contracts/{contract}"
    open_one = intake.done(f"{path}/extensions", extension)["id"]
    intake.done(f"{path}/termination", termination(intake))
    for step, body in (
        ("termination", termination(intake)),
        ("extensions", extension),
        ("personnel-changes", {"leaves": "张三", "joins": "李四", "reason": "调离。"}),
        ("personnel", {"personnel": [{"name": "张三", "role": "project_lead"}]}),
        ("schedules", {"milestones": [{"title": "上线", "due_on": "2026-12-31"}]}),
        ("milestones", {"title": "上线", "reached_on": "2026-08-01"}),
    ):
        problem(intake.post(f"{path}/{step}", body), 409, "contract_terminated")
    problem(intake.post(f"/confirmations/{open_one}/completion"), 409, "contract_terminated")
    intake.done(f"/confirmations/{open_one}/withdrawal")
    step = intake.get(f"/projects/{project}/next-step").json()
    assert "盐城软件公司" not in str(step)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"terminated_on": "2026-06-30"}, "terminated_before_award"),
        ({"terminated_on": "2026-08-04"}, "date_in_future"),
        ({"settled_yuan": "280000.01"}, "settled_beyond_contract"),
        ({"settled_yuan": "-1"}, "invalid_request"),
        ({"reason": " "}, "invalid_request"),
        ({"file_id": str(uuid4())}, "file_unknown"),
        ({"file_id": None}, "invalid_request"),
    ],
)
def test_a_termination_that_makes_no_sense(intake, problem, changes, code):
    contract = intake.contracted(intake.buildable())
    body = termination(intake, **changes)
    problem(intake.post(f"/contracts/{contract}/termination", body), 422, code)
    assert intake.published("contract.terminated") == []


def test_the_contracts_of_an_accepted_project_stay(intake, problem):
    project = intake.buildable()
    contract = intake.contracted(project)
    intake.tell(FinalPassed(project_id=UUID(project), passed_on=date(2026, 8, 1), round=1))
    answer = intake.post(f"/contracts/{contract}/termination", termination(intake))
    problem(answer, 409, "already_accepted")


def test_another_unit_terminates_nothing(intake, problem):
    contract = intake.contracted(intake.buildable())
    body = termination(intake)
    answer = intake.post(f"/contracts/{contract}/termination", body, unit="亭湖区卫健委")
    problem(answer, 403, "not_your_unit")
