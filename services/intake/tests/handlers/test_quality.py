"""The control of quality: three phases, each with who, key points and a file (Art 16)."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from govproject.contracts.acceptance import FinalPassed
from govproject.contracts.review import ProjectApproved
from govproject_intake.tables import QualityControl
from govproject_local import documents

APPROVED = {
    "approval_number": "亭数批〔2026〕12号",
    "project_code": "2607-320902-04-01-123456",
    "approved_yuan": Decimal(1200000),
    "approved_on": date(2026, 6, 30),
    "cloud_plan": None,
    "filing_form_due_on": date(2026, 7, 14),
    "filing_form_due_provisional": False,
}


@pytest.fixture
def control(intake):
    """What is controlled in a phase; its file is uploaded now."""

    def make(phase, **changes: Any):
        content = documents.word([(1, "质量控制记录"), (0, f"{phase}的记录。")])
        return {
            "phase": phase,
            "controlled_on": "2026-08-03",
            "controlled_by": "张三",
            "key_points": "䶮湖机房搬迁、数据割接。",
            "result": "符合要求。",
            "file_id": intake.handed_in(f"{phase}.docx", content),
        } | changes

    return make


@pytest.fixture
def full(intake):
    project = intake.registered(budget_yuan="1200000")
    intake.tell(ProjectApproved(project_id=UUID(project), **APPROVED))
    return project


def errands(intake, project):
    body = intake.get(f"/projects/{project}/next-step").json()
    return {each["step"]: each["about"] for each in body["errands"]}


def test_each_phase_is_put_on_record_with_its_file(intake, full, control):
    path = f"/projects/{full}/quality-controls"
    given = control("beforehand")
    view = intake.done(path, given)
    (shown,) = view["controls"]
    assert shown == given | {
        "id": shown["id"],
        "supervised_by": None,
        "recorded_by": shown["recorded_by"],
        "recorded_at": "2026-08-03T09:30:00+08:00",
    }
    assert view["missing"] == ["ongoing", "afterwards"]
    intake.done(path, control("afterwards", result="已验控。"))
    assert intake.get(path, "unit").json()["missing"] == ["ongoing"]
    intake.done(path, control("ongoing"))
    assert [each["phase"] for each in intake.get(path).json()["controls"]] == [
        "beforehand",
        "afterwards",
        "ongoing",
    ]


def test_a_project_under_construction_is_shown_what_is_missing(intake, full, control):
    assert "登记质量控制记录" not in errands(intake, full)
    intake.contracted(full)
    assert errands(intake, full)["登记质量控制记录"] == "质量预控、过程监控、事后验控"
    path = f"/projects/{full}/quality-controls"
    for phase in ("beforehand", "ongoing"):
        intake.done(path, control(phase))
    assert errands(intake, full)["登记质量控制记录"] == "事后验控"
    intake.done(path, control("afterwards"))
    assert "登记质量控制记录" not in errands(intake, full)


def test_on_the_filing_track_it_is_left_to_the_unit(intake, control):
    project = intake.buildable()
    intake.contracted(project)
    assert "登记质量控制记录" not in errands(intake, project)
    view = intake.done(f"/projects/{project}/quality-controls", control("ongoing"))
    assert len(view["controls"]) == 1


def test_a_supervisor_who_is_engaged_is_named(intake, full, control, problem):
    path = f"/projects/{full}/quality-controls"
    intake.contracted(full, supervisor="盐城监理公司")
    body = problem(intake.post(path, control("ongoing")), 422, "supervisor_unnamed")
    assert "盐城监理公司" in body["detail"]
    view = intake.done(path, control("ongoing", supervised_by="李监理"))
    assert view["controls"][0]["supervised_by"] == "李监理"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"controlled_on": "2026-08-04"}, "date_in_future"),
        ({"file_id": str(uuid4())}, "file_unknown"),
        ({"phase": "later"}, "invalid_request"),
        ({"key_points": " "}, "invalid_request"),
        ({"file_id": None}, "invalid_request"),
    ],
)
def test_what_makes_no_sense_is_refused(intake, full, control, problem, changes, code):
    answer = intake.post(f"/projects/{full}/quality-controls", control("ongoing") | changes)
    problem(answer, 422, code)
    assert intake.count(QualityControl) == 0


def test_one_file_is_no_record_of_two_phases_and_no_contract(intake, full, control, problem):
    path = f"/projects/{full}/quality-controls"
    first = control("beforehand")
    intake.done(path, first)
    again = control("ongoing", file_id=first["file_id"])
    body = problem(intake.post(path, again), 422, "one_file_for_two")
    assert "已作为2026-08-03的质量预控记录登记，不能又作为过程监控记录" in body["detail"]
    contract = intake.contract(file_id=first["file_id"])
    problem(intake.post(f"/projects/{full}/contracts", contract), 422, "one_file_for_two")
    text = intake.done(f"/projects/{full}/contracts", intake.contract())["file_id"]
    again = control("ongoing", file_id=text)
    problem(intake.post(path, again), 422, "one_file_for_two")
    assert intake.count(QualityControl) == 1


def test_nothing_is_controlled_after_the_final_and_by_another_unit(intake, full, control, problem):
    path = f"/projects/{full}/quality-controls"
    given = control("ongoing")
    answer = intake.post(path, given, unit="亭湖区卫健委")
    problem(answer, 403, "not_your_unit")
    passed = FinalPassed(project_id=UUID(full), passed_on=date(2026, 8, 1), round=1)
    intake.tell(passed)
    problem(intake.post(path, given), 409, "already_accepted")
