"""Which events of which services this service acts on."""

from govproject.contracts.acceptance import (
    EvaluationCompleted,
    FinalPassed,
    PreliminaryPassed,
    TrialEnded,
    TrialStarted,
)
from govproject.contracts.event import Event
from govproject.contracts.review import (
    FiscalEvaluationRecorded,
    PreReviewPassed,
    PreReviewReturned,
    ProjectApproved,
)
from govproject.messaging import Handler
from govproject_intake.handlers import received

FOLLOWS = ("review", "acceptance")

HANDLERS: dict[type[Event], Handler] = {
    PreReviewPassed: received.on_pre_reviewed,
    PreReviewReturned: received.on_pre_reviewed,
    FiscalEvaluationRecorded: received.on_fiscal_evaluation_recorded,
    ProjectApproved: received.on_project_approved,
    PreliminaryPassed: received.on_preliminary_passed,
    TrialStarted: received.on_trial_started,
    TrialEnded: received.on_trial_ended,
    FinalPassed: received.on_final_passed,
    EvaluationCompleted: received.on_evaluation_completed,
}
