"""What other services' events change here."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from govproject.contracts import intake as events
from govproject.contracts.acceptance import (
    EvaluationCompleted,
    FinalPassed,
    PreliminaryPassed,
    TrialEnded,
    TrialStarted,
)
from govproject.contracts.review import (
    FiscalEvaluationRecorded,
    PreReviewPassed,
    PreReviewReturned,
    ProjectApproved,
)
from govproject.messaging import Delivery
from govproject.terms import Stage
from govproject_intake import repository
from govproject_intake.handlers import baselines, stages
from govproject_intake.tables import Evaluation


def on_pre_reviewed(
    session: Session, event: PreReviewPassed | PreReviewReturned, delivery: Delivery
) -> None:
    """The full process has begun: a smaller amount does not end it (Art 4)."""
    repository.project(session, event.project_id).pre_reviewed_at = event.reviewed_at


def on_fiscal_evaluation_recorded(
    session: Session, event: FiscalEvaluationRecorded, delivery: Delivery
) -> None:
    """The filing gate asks for the report from 50万 on; its amount is a ceiling (Art 10)."""
    project = repository.project(session, event.project_id)
    project.fiscal_report, project.evaluated_yuan = event.report_number, event.evaluated_yuan


def on_project_approved(session: Session, event: ProjectApproved, delivery: Delivery) -> None:
    """Keep the approval number with the project, and what was approved (Arts 11, 18)."""
    project = repository.project(session, event.project_id)
    project.approval_number = event.approval_number
    stages.reach(session, project.id, Stage.APPROVED, event.approved_on)
    baselines.freeze(session, project, event, delivery)


def on_preliminary_passed(session: Session, event: PreliminaryPassed, delivery: Delivery) -> None:
    """A stage of the project's life (Arts 6, 19)."""
    _reach(session, event.project_id, Stage.PRELIMINARY_PASSED, event.passed_on)


def on_trial_started(session: Session, event: TrialStarted, delivery: Delivery) -> None:
    """A stage of the project's life (Arts 6, 19)."""
    _reach(session, event.project_id, Stage.TRIAL_STARTED, event.started_on)


def on_trial_ended(session: Session, event: TrialEnded, delivery: Delivery) -> None:
    """A stage of the project's life (Arts 6, 19)."""
    _reach(session, event.project_id, Stage.TRIAL_ENDED, event.ended_on)


def on_final_passed(session: Session, event: FinalPassed, delivery: Delivery) -> None:
    """Keep the day of final acceptance with the project (Art 19)."""
    repository.project(session, event.project_id).accepted_on = event.passed_on
    stages.reach(session, event.project_id, Stage.ACCEPTED, event.passed_on)


def on_evaluation_completed(
    session: Session, event: EvaluationCompleted, delivery: Delivery
) -> None:
    """A result counts for what is declared, or not yet approved, on the same system (Art 25)."""
    session.add(
        Evaluation(
            id=delivery.event_id,
            project_id=repository.project(session, event.project_id).id,
            grade=event.grade,
            evaluated_on=event.evaluated_on,
        )
    )
    delivery.publish(
        session,
        events.ProjectEvaluated(
            project_id=event.project_id, grade=event.grade, evaluated_on=event.evaluated_on
        ),
    )
    stages.reach(session, event.project_id, Stage.EVALUATED, event.evaluated_on)


def _reach(session: Session, project_id: UUID, stage: Stage, on: date) -> None:
    stages.reach(session, repository.project(session, project_id).id, stage, on)
