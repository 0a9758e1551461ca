"""Which event tells that a project has come to a stage (Art 6): all that a system has to follow."""

from govproject.contracts import acceptance, intake, review
from govproject.contracts.event import Event
from govproject.terms import Stage

TOLD_BY: dict[Stage, type[Event]] = {
    Stage.DECLARED: intake.ProjectDeclared,
    Stage.REGISTERED: intake.ProjectRegistered,
    Stage.PLANNED: intake.ProjectPlanAdopted,
    Stage.FILED: intake.FilingAccepted,
    Stage.APPROVED: review.ProjectApproved,
    Stage.CONTRACTED: intake.ContractRecorded,
    Stage.PRELIMINARY_PASSED: acceptance.PreliminaryPassed,
    Stage.TRIAL_STARTED: acceptance.TrialStarted,
    Stage.TRIAL_ENDED: acceptance.TrialEnded,
    Stage.ACCEPTED: acceptance.FinalPassed,
    Stage.EVALUATED: acceptance.EvaluationCompleted,
    Stage.DECOMMISSIONED: intake.ProjectDecommissioned,
}
