"""Which events of which services this service acts on."""

from govproject import calendar
from govproject.contracts.acceptance import (
    ConstructionCompleted,
    FinalPassed,
    PreliminaryPassed,
    TestReportRecorded,
)
from govproject.contracts.event import Event
from govproject.contracts.intake import (
    ContractRecorded,
    ExceptionGranted,
    ExceptionWithdrawn,
    ProjectDeclared,
    WorkingDaysAnnounced,
)
from govproject.contracts.review import ProjectApproved
from govproject.messaging import Handler
from govproject.reliefs import keeping
from govproject_archive.handlers import received

FOLLOWS = ("intake", "review", "acceptance")

HANDLERS: dict[type[Event], Handler] = {
    ProjectDeclared: received.on_project_declared,
    ProjectApproved: received.on_project_approved,
    ContractRecorded: received.on_contract_recorded,
    ConstructionCompleted: received.on_construction_completed,
    PreliminaryPassed: received.on_preliminary_passed,
    TestReportRecorded: received.on_test_report_recorded,
    FinalPassed: received.on_final_passed,
    ExceptionGranted: keeping.on_exception_granted,
    ExceptionWithdrawn: keeping.on_exception_withdrawn,
    WorkingDaysAnnounced: calendar.on_working_days_announced,
}
