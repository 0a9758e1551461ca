"""A contract's schedule, and milestones (Art 15)."""

from datetime import date
from uuid import uuid4

import pytest

from govproject_intake.tables import Schedule

PLAN = [
    {"title": "需求确认", "due_on": "2026-08-31"},
    {"title": "上线", "due_on": "2026-12-31"},
]


def test_a_schedule_is_kept_to(intake):
    contract = intake.contracted(intake.buildable(), ends_on="2026-12-31")
    view = intake.done(f"/contracts/{contract}/schedules", {"milestones": PLAN})
    assert (view["number"], view["ends_on"]) == (1, "2026-12-31")
    assert view["milestones"] == [milestone | {"reached_on": None} for milestone in PLAN]

    intake.clock.turn(days=29)
    progress = f"/contracts/{contract}/progress"
    assert [m["title"] for m in intake.get(progress, "unit").json()["overdue"]] == ["需求确认"]
    reached = {"title": "需求确认", "reached_on": "2026-09-01"}
    view = intake.done(f"/contracts/{contract}/milestones", reached)
    assert view["milestones"][0]["reached_on"] == "2026-09-01"
    assert intake.get(progress).json()["overdue"] == []

    # What was reached stays reached in a later version.
    view = intake.done(f"/contracts/{contract}/schedules", {"milestones": PLAN[:1]})
    assert (view["number"], view["milestones"][0]["reached_on"]) == (2, "2026-09-01")
    assert [s["number"] for s in intake.get(progress).json()["schedules"]] == [1, 2]
    assert intake.published("contract.recorded")[0].ends_on == date(2026, 12, 31)
    told = intake.published("contract.scheduled")
    assert [(str(each.contract_id), each.ends_on) for each in told] == [
        (contract, date(2026, 12, 31))
    ] * 2


def test_a_milestone_is_overdue_from_the_day_after(intake):
    contract = intake.contracted(intake.buildable(), ends_on="2026-12-31")
    plan = {"milestones": [{"title": "需求确认", "due_on": "2026-08-03"}]}
    intake.done(f"/contracts/{contract}/schedules", plan)
    progress = f"/contracts/{contract}/progress"
    assert intake.get(progress).json()["overdue"] == []
    intake.clock.turn(days=1)
    assert len(intake.get(progress).json()["overdue"]) == 1


@pytest.mark.parametrize(
    "milestones", [[], [{"title": "上线", "due_on": "2027-01-01"}]], ids=["none", "too late"]
)
def test_a_schedule_beyond_the_contract_is_refused(intake, problem, milestones):
    contract = intake.contracted(intake.buildable(), ends_on="2026-12-31")
    answer = intake.post(f"/contracts/{contract}/schedules", {"milestones": milestones})
    body = problem(answer, 409, "refused")
    assert [(f["rule"], f["article"]) for f in body["findings"]] == [("schedule_management", "15")]
    assert intake.count(Schedule) == 0


def test_a_contract_recorded_without_its_last_day_gets_it_once(intake, problem):
    contract = intake.contracted(intake.buildable(), ends_on=None)
    path = f"/contracts/{contract}/schedules"
    problem(intake.post(path, {"milestones": PLAN}), 409, "refused")
    assert intake.get(f"/contracts/{contract}/progress").json()["ends_on"] is None
    intake.done(path, {"milestones": PLAN, "contract_ends_on": "2026-12-31"})
    intake.done(path, {"milestones": PLAN, "contract_ends_on": "2026-12-31"})
    other = {"milestones": PLAN, "contract_ends_on": "2027-12-31"}
    problem(intake.post(path, other), 409, "contract_end_known")
    assert intake.get(f"/contracts/{contract}/progress").json()["ends_on"] == "2026-12-31"
    assert intake.published("contract.recorded")[0].ends_on is None
    assert {each.ends_on for each in intake.published("contract.scheduled")} == {date(2026, 12, 31)}


def test_a_schedule_that_makes_no_sense(intake, problem):
    contract = intake.contracted(intake.buildable(), ends_on="2026-12-31")
    for milestones in (
        [PLAN[0], PLAN[0]],
        [PLAN[0] | {"reached_on": "2026-08-01"}],
        [{"title": "上线"}],
    ):
        answer = intake.post(f"/contracts/{contract}/schedules", {"milestones": milestones})
        problem(answer, 422, "invalid_request")
    assert intake.count(Schedule) == 0


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"title": "上线", "reached_on": "2026-08-04"}, "date_in_future"),
        ({"title": "验收", "reached_on": "2026-08-03"}, "milestone_unknown"),
    ],
)
def test_a_milestone_that_nobody_planned_or_reached(intake, problem, body, code):
    contract = intake.contracted(intake.buildable(), ends_on="2026-12-31")
    path = f"/contracts/{contract}/milestones"
    reached = {"title": "上线", "reached_on": "2026-08-03"}
    problem(intake.post(path, reached), 422, "milestone_unknown")
    intake.done(f"/contracts/{contract}/schedules", {"milestones": PLAN})
    problem(intake.post(path, body), 422, code)


def test_of_another_units_contract_or_of_none(intake, problem):
    contract = intake.contracted(intake.buildable(), ends_on="2026-12-31")
    body = {"milestones": PLAN}
    answer = intake.post(f"/contracts/{contract}/schedules", body, unit="亭湖区卫健委")
    problem(answer, 403, "not_your_unit")
    answer = intake.call("GET", f"/contracts/{contract}/progress", "unit", "亭湖区卫健委")
    problem(answer, 403, "not_your_unit")
    problem(intake.post(f"/contracts/{uuid4()}/schedules", body), 404, "not_found")
