"""Which events of which services this service acts on."""

from govproject.contracts import Event, archive, intake, review
from govproject.messaging import Handler
from govproject.reliefs import keeping
from govproject_acceptance.handlers import received

FOLLOWS = ("intake", "review", "archive")

HANDLERS: dict[type[Event], Handler] = {
    intake.ProjectDeclared: received.on_project_declared,
    intake.ProjectDecommissioned: received.on_project_decommissioned,
    intake.FilingSubmitted: received.on_filing_submitted,
    intake.FilingCorrected: received.on_filing_submitted,
    intake.FilingAccepted: received.on_filing_accepted,
    intake.FilingFoundIrregular: received.on_filing_found_irregular,
    intake.ChangeDetermined: received.on_change_determined,
    intake.ChangeApproved: received.on_change_approved,
    intake.ChangeWithdrawn: received.on_change_withdrawn,
    intake.ChangeFiled: received.on_change_filed,
    intake.ContractRecorded: received.on_contract_recorded,
    intake.ContractScheduled: received.on_contract_scheduled,
    intake.ContractTerminated: received.on_contract_terminated,
    intake.ExceptionGranted: keeping.on_exception_granted,
    intake.ExceptionWithdrawn: keeping.on_exception_withdrawn,
    intake.WorkingDaysAnnounced: received.on_working_days_announced,
    review.DepartmentOpinionRecorded: received.on_department_opinion_recorded,
    review.PreReviewPassed: received.on_pre_review_passed,
    review.ProjectApproved: received.on_project_approved,
    archive.ArchiveCheckPassed: received.on_archive_check_passed,
    archive.ArchiveCheckFailed: received.on_archive_check_failed,
}
