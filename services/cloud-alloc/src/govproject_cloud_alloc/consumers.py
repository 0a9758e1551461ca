"""Which events of which services this service acts on."""

from govproject import calendar
from govproject.contracts import intake, review
from govproject.contracts.event import Event
from govproject.messaging import Handler
from govproject.reliefs import keeping
from govproject_cloud_alloc.handlers import received

FOLLOWS = ("intake", "review")

HANDLERS: dict[type[Event], Handler] = {
    intake.ProjectDeclared: received.on_project_declared,
    intake.ProjectRegistered: received.on_project_registered,
    intake.ProjectLinked: received.on_project_linked,
    intake.ProjectEvaluated: received.on_project_evaluated,
    intake.FilingSubmitted: received.on_filing_submitted,
    intake.FilingCorrected: received.on_filing_submitted,
    intake.FilingAccepted: received.on_filing_accepted,
    intake.FilingFoundIrregular: received.on_filing_found_irregular,
    intake.ChangeFiled: received.on_change_filed,
    intake.ChangeApproved: received.on_change_approved,
    intake.ExceptionGranted: keeping.on_exception_granted,
    intake.ExceptionWithdrawn: keeping.on_exception_withdrawn,
    intake.RectificationFailed: received.on_rectification_failed,
    intake.RectificationCleared: received.on_rectification_cleared,
    intake.ProjectDecommissioned: received.on_project_decommissioned,
    intake.WorkingDaysAnnounced: calendar.on_working_days_announced,
    review.ProjectApproved: received.on_project_approved,
}
