"""A project's life on one page, and the events by which other systems follow it."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from govproject.contracts.acceptance import (
    EvaluationCompleted,
    FinalPassed,
    PreliminaryPassed,
    TrialEnded,
    TrialStarted,
)
from govproject.contracts.review import ProjectApproved
from govproject.stages import TOLD_BY
from govproject.terms import EvaluationGrade, Stage


def days(intake, project):
    view = intake.get(f"/projects/{project}/lifecycle").json()
    return {each["stage"]: each["reached_on"] for each in view["stages"]}


def test_every_stage_has_an_event_of_its_own():
    assert list(TOLD_BY) == list(Stage)
    assert len(set(TOLD_BY.values())) == len(TOLD_BY)


def test_each_stage_is_kept_with_its_day_and_shown_in_order(intake):
    project = UUID(intake.registered(budget_yuan="1200000"))
    reached = days(intake, project)
    assert list(reached) == [stage.value for stage in Stage]
    assert {stage for stage, day in reached.items() if day} == {"declared", "registered"}
    intake.tell(
        ProjectApproved(
            project_id=project,
            approval_number="亭数批〔2026〕12号",
            project_code="2608-320902-04-01-123456",
            approved_yuan=Decimal(1200000),
            approved_on=date(2026, 8, 3),
            cloud_plan=None,
            filing_form_due_on=date(2026, 8, 17),
            filing_form_due_provisional=False,
        ),
        PreliminaryPassed(project_id=project, passed_on=date(2026, 12, 1)),
        TrialStarted(
            project_id=project,
            started_on=date(2026, 12, 2),
            earliest_end=date(2027, 3, 2),
            latest_end=date(2027, 6, 2),
        ),
        TrialEnded(project_id=project, ended_on=date(2027, 3, 5)),
        FinalPassed(project_id=project, passed_on=date(2027, 4, 1), round=1),
        EvaluationCompleted(
            project_id=project, grade=EvaluationGrade.GOOD, evaluated_on=date(2028, 5, 1)
        ),
    )
    intake.done(f"/projects/{project}/decommission-report", {"reason": "并入市级平台。"})
    reached = days(intake, project)
    assert reached.pop("decommissioned") == reached["declared"]
    assert {
        stage: day for stage, day in reached.items() if stage not in ("declared", "registered")
    } == {
        "planned": None,
        "filed": None,
        "approved": "2026-08-03",
        "contracted": None,
        "preliminary_passed": "2026-12-01",
        "trial_started": "2026-12-02",
        "trial_ended": "2027-03-05",
        "accepted": "2027-04-01",
        "evaluated": "2028-05-01",
    }


def test_of_several_times_the_first_counts(intake):
    project = UUID(intake.registered(budget_yuan="1200000"))
    for day in (date(2026, 12, 2), date(2027, 4, 1)):
        intake.tell(
            TrialStarted(project_id=project, started_on=day, earliest_end=day, latest_end=day)
        )
    assert days(intake, project)["trial_started"] == "2026-12-02"


def test_it_says_what_to_listen_to(intake):
    project = intake.registered()
    view = intake.get(f"/projects/{project}/lifecycle").json()
    assert view["city_system_ref"]
    told_by = {each["stage"]: each["told_by"] for each in view["stages"]}
    assert told_by["declared"] == "intake project.declared"
    assert told_by["accepted"] == "acceptance final.passed"


def test_another_units_project(intake):
    project = intake.registered()
    answer = intake.call("GET", f"/projects/{project}/lifecycle", "unit", "亭湖区卫健委")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_unit")
