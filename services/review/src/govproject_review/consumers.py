"""Which events of which services this service acts on."""

from govproject.contracts import intake
from govproject.contracts.event import Event
from govproject.messaging import Handler
from govproject.reliefs import keeping
from govproject_review.handlers import received

FOLLOWS = ("intake",)

HANDLERS: dict[type[Event], Handler] = {
    intake.ProjectDeclared: received.on_project_declared,
    intake.ProjectRegistered: received.on_project_registered,
    intake.ProjectPlanAdopted: received.on_plan_adopted,
    intake.ProjectLinked: received.on_project_linked,
    intake.ProjectEvaluated: received.on_project_evaluated,
    intake.FilingSubmitted: received.on_filing_handed_in,
    intake.FilingCorrected: received.on_filing_handed_in,
    intake.FilingAccepted: received.on_filing_accepted,
    intake.FilingFoundIrregular: received.on_filing_found_irregular,
    intake.ChangeDetermined: received.on_change_determined,
    intake.ChangeWithdrawn: received.on_change_withdrawn,
    intake.ChangeFiled: received.on_change_filed,
    intake.ExceptionGranted: keeping.on_exception_granted,
    intake.ExceptionWithdrawn: keeping.on_exception_withdrawn,
    intake.ProjectDecommissioned: received.on_project_decommissioned,
    intake.WorkingDaysAnnounced: received.on_working_days_announced,
}
