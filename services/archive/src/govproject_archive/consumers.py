"""Which events of which services this service acts on."""

from govproject.contracts.acceptance import (
    ConstructionCompleted,
    FinalPassed,
    PreliminaryPassed,
    TestReportRecorded,
    TrialEnded,
)
from govproject.contracts.event import Event
from govproject.contracts.intake import (
    ChangeFiled,
    ContractRecorded,
    ContractScheduled,
    ContractTerminated,
    ExceptionGranted,
    ExceptionWithdrawn,
    ProjectDeclared,
    ProjectDecommissioned,
    WorkingDaysAnnounced,
)
from govproject.contracts.review import (
    FiscalEvaluationRecorded,
    PanelConcluded,
    PreReviewPassed,
    ProjectApproved,
)
from govproject.messaging import Handler
from govproject.reliefs import keeping
from govproject_archive.handlers import building, received

FOLLOWS = ("intake", "review", "acceptance")

HANDLERS: dict[type[Event], Handler] = {
    ProjectDeclared: received.on_project_declared,
    ProjectDecommissioned: building.on_project_decommissioned,
    PreReviewPassed: received.on_pre_review_passed,
    PanelConcluded: received.on_panel_concluded,
    FiscalEvaluationRecorded: received.on_fiscal_evaluation_recorded,
    ProjectApproved: received.on_project_approved,
    ContractRecorded: received.on_contract_recorded,
    ContractScheduled: building.on_contract_scheduled,
    ContractTerminated: building.on_contract_terminated,
    ChangeFiled: received.on_change_filed,
    ConstructionCompleted: received.on_construction_completed,
    PreliminaryPassed: received.on_preliminary_passed,
    TrialEnded: received.on_trial_ended,
    TestReportRecorded: received.on_test_report_recorded,
    FinalPassed: received.on_final_passed,
    ExceptionGranted: keeping.on_exception_granted,
    ExceptionWithdrawn: keeping.on_exception_withdrawn,
    WorkingDaysAnnounced: received.on_working_days_announced,
}
