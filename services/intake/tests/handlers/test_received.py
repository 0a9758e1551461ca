"""What review's and acceptance's events change here."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from govproject.contracts.acceptance import FinalPassed
from govproject.contracts.review import FiscalEvaluationRecorded, PreReviewPassed, ProjectApproved
from govproject.messaging.receiving import Outcome
from govproject_intake.tables import Project


def approved(project: UUID) -> ProjectApproved:
    return ProjectApproved(
        project_id=project,
        approval_number="亭数批〔2026〕12号",
        project_code="2608-320902-04-01-123456",
        approved_yuan=Decimal(1200000),
        approved_on=date(2026, 8, 3),
        cloud_plan=None,
        filing_form_due_on=date(2026, 8, 17),
        filing_form_due_provisional=False,
    )


def test_what_others_found_is_kept_with_the_project(intake):
    project = UUID(intake.registered(budget_yuan="1200000"))
    outcomes = intake.tell(
        PreReviewPassed(project_id=project, reviewed_at=intake.clock()),
        FiscalEvaluationRecorded(
            project_id=project,
            report_number="亭财评〔2026〕7号",
            evaluated_yuan=Decimal(1100000),
            recorded_at=intake.clock(),
        ),
        approved(project),
        FinalPassed(project_id=project, passed_on=date(2026, 12, 1), round=1),
    )
    assert outcomes == {Outcome.DONE: 4}
    view = intake.get(f"/projects/{project}").json()
    assert view["approval_number"] == "亭数批〔2026〕12号"
    assert view["accepted_on"] == "2026-12-01"
    with intake.runtime.db.read() as session:
        assert session.get_one(Project, project).fiscal_report == "亭财评〔2026〕7号"


def test_acceptance_before_review_makes_no_difference(intake):
    project = UUID(intake.registered(budget_yuan="1200000"))
    intake.tell(FinalPassed(project_id=project, passed_on=date(2026, 12, 1), round=1))
    intake.tell(approved(project))
    view = intake.get(f"/projects/{project}").json()
    assert view["approval_number"] == "亭数批〔2026〕12号"
    assert view["accepted_on"] == "2026-12-01"


def test_an_event_about_a_project_that_was_never_declared_is_parked(intake):
    stranger = uuid4()
    assert intake.tell(approved(stranger)) == {Outcome.PARKED: 1}
    assert intake.count(Project) == 0


def test_what_is_published_stays_in_the_order_of_the_project(intake):
    project = intake.registered()
    filing = intake.filed(project)
    intake.done(f"/filings/{filing}/acceptance", as_="bureau")
    assert [event.name for event in intake.published()] == [
        "project.declared",
        "project.registered",
        "filing.submitted",
        "filing.accepted",
    ]
