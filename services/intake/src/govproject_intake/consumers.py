"""Which events of which services this service acts on."""

from govproject.contracts.acceptance import EvaluationCompleted, FinalPassed
from govproject.contracts.event import Event
from govproject.contracts.review import FiscalEvaluationRecorded, ProjectApproved
from govproject.messaging import Handler
from govproject_intake.handlers import received

FOLLOWS = ("review", "acceptance")

HANDLERS: dict[type[Event], Handler] = {
    FiscalEvaluationRecorded: received.on_fiscal_evaluation_recorded,
    ProjectApproved: received.on_project_approved,
    FinalPassed: received.on_final_passed,
    EvaluationCompleted: received.on_evaluation_completed,
}
