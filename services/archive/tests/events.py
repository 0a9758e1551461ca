"""What other services publish about the tests' projects."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from govproject.clock import SHANGHAI
from govproject.contracts.acceptance import (
    ConstructionCompleted,
    FinalPassed,
    PreliminaryPassed,
    TestReportRecorded,
    TrialEnded,
)
from govproject.contracts.intake import ChangeFiled, ContractRecorded, ProjectDeclared
from govproject.contracts.review import (
    FiscalEvaluationRecorded,
    PanelConcluded,
    PreReviewPassed,
    ProjectApproved,
)
from govproject.ids import new_id
from govproject.terms import DeploymentTarget, ProjectKind, Track

NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
PROJECT = UUID(int=7)
UNIT = "亭湖区教育局"


class Events:
    """What other services publish about the test's project, or another one."""

    @staticmethod
    def declared(project_id: UUID = PROJECT, **changes: object) -> ProjectDeclared:
        return ProjectDeclared.model_validate(
            {
                "project_id": project_id,
                "project_name": "智慧教育平台",
                "unit": UNIT,
                "kind": ProjectKind.NEW,
                "budget_yuan": Decimal(1200000),
                "track": Track.FULL_PROCESS,
                "plan_year": 2026,
                "builds_system": True,
                "deployment_target": DeploymentTarget.DISTRICT_CLOUD,
                "standalone_basis": None,
                "cloud_plan": None,
                "rule_pack": "tinghu-2025",
                "declared_at": NOW,
                **changes,
            }
        )

    @staticmethod
    def pre_reviewed(project_id: UUID = PROJECT) -> PreReviewPassed:
        return PreReviewPassed(project_id=project_id, reviewed_at=NOW)

    @staticmethod
    def concluded(project_id: UUID = PROJECT, *, passed: bool = True) -> PanelConcluded:
        return PanelConcluded(
            project_id=project_id, panel_id=new_id(), attended=5, passed=passed, concluded_at=NOW
        )

    @staticmethod
    def evaluated(project_id: UUID = PROJECT) -> FiscalEvaluationRecorded:
        return FiscalEvaluationRecorded(
            project_id=project_id,
            report_number="亭财评〔2026〕5号",
            evaluated_yuan=Decimal(1200000),
            recorded_at=NOW,
        )

    @staticmethod
    def changed(project_id: UUID = PROJECT) -> ChangeFiled:
        return ChangeFiled(
            project_id=project_id,
            change_id=new_id(),
            budget_yuan=Decimal(1300000),
            track=Track.FULL_PROCESS,
            cloud_plan=None,
            filed_at=NOW,
        )

    @staticmethod
    def trial_ended(project_id: UUID = PROJECT) -> TrialEnded:
        return TrialEnded(project_id=project_id, ended_on=date(2026, 7, 15))

    @staticmethod
    def approved(project_id: UUID = PROJECT) -> ProjectApproved:
        return ProjectApproved(
            project_id=project_id,
            approval_number="亭数批〔2026〕12号",
            project_code="2608-320902-04-01-123456",
            approved_yuan=Decimal(1200000),
            approved_on=date(2026, 2, 3),
            cloud_plan=None,
            filing_form_due_on=date(2026, 2, 24),
            filing_form_due_provisional=False,
        )

    @staticmethod
    def contract(project_id: UUID = PROJECT, supervisor: str | None = None) -> ContractRecorded:
        return ContractRecorded(
            project_id=project_id,
            contract_id=new_id(),
            contractor="盐城软件公司",
            supervisor=supervisor,
            amount_yuan=Decimal(1100000),
            award_notice_on=date(2026, 3, 2),
            contract_filed_on=date(2026, 3, 20),
            free_ops_months=24,
            recorded_at=NOW,
        )

    @staticmethod
    def tested(project_id: UUID = PROJECT) -> TestReportRecorded:
        return TestReportRecorded(
            project_id=project_id, report_number="CP-2026-017", finished_on=date(2026, 7, 1)
        )

    @staticmethod
    def completed(project_id: UUID = PROJECT) -> ConstructionCompleted:
        return ConstructionCompleted(project_id=project_id, completed_on=date(2026, 5, 29))

    @staticmethod
    def preliminary(project_id: UUID = PROJECT) -> PreliminaryPassed:
        return PreliminaryPassed(project_id=project_id, passed_on=date(2026, 6, 1))

    @staticmethod
    def final(project_id: UUID = PROJECT) -> FinalPassed:
        return FinalPassed(project_id=project_id, passed_on=date(2026, 8, 1), round=1)
