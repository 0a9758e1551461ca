"""What other services publish about the tests' projects."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from govproject.clock import SHANGHAI
from govproject.contracts import archive, intake, review
from govproject.ids import new_id
from govproject.terms import (
    ChangeAspect,
    Department,
    DeploymentTarget,
    FileClass,
    FilingCondition,
    MobileScope,
    PreReviewMaterial,
    ProjectKind,
    ReliefKind,
    Track,
    Verdict,
)

NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
PROJECT = UUID(int=7)
UNIT = "亭湖区教育局"
DUE_BEFORE_FINAL = (
    FileClass.APPROVAL,
    FileClass.PROCUREMENT,
    FileClass.CONTRACT,
    FileClass.TEST,
)


class Events:
    """What other services publish about the test's project, or another one."""

    @staticmethod
    def declared(project_id: UUID = PROJECT, **changes: object) -> intake.ProjectDeclared:
        return intake.ProjectDeclared.model_validate(
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

    @classmethod
    def small(cls, project_id: UUID = PROJECT, **changes: object) -> intake.ProjectDeclared:
        small = {"budget_yuan": Decimal("999999.99"), "track": Track.FILING}
        return cls.declared(project_id, **{**small, **changes})

    @staticmethod
    def approved(project_id: UUID = PROJECT, **changes: object) -> review.ProjectApproved:
        return review.ProjectApproved.model_validate(
            {
                "project_id": project_id,
                "approval_number": "亭数批〔2026〕12号",
                "project_code": "2608-320902-04-01-123456",
                "approved_yuan": Decimal(1150000),
                "approved_on": date(2026, 2, 3),
                "cloud_plan": None,
                "filing_form_due_on": date(2026, 2, 24),
                "filing_form_due_provisional": False,
                **changes,
            }
        )

    @staticmethod
    def pre_reviewed(
        mobile: MobileScope | None = MobileScope.NONE,
        lists: tuple[PreReviewMaterial, ...] | None = (),
    ) -> review.PreReviewPassed:
        return review.PreReviewPassed(
            project_id=PROJECT, reviewed_at=NOW, mobile=mobile, lists=lists
        )

    @staticmethod
    def opinion(
        verdict: Verdict = Verdict.PASS,
        opinion: str = "信创技术路线符合要求",
        department: Department = Department.PARTY_OFFICE,
    ) -> review.DepartmentOpinionRecorded:
        return review.DepartmentOpinionRecorded(
            project_id=PROJECT,
            department=department,
            verdict=verdict,
            opinion=opinion,
            recorded_at=NOW,
        )

    @staticmethod
    def filed(at: datetime = NOW) -> intake.FilingAccepted:
        return intake.FilingAccepted(project_id=PROJECT, filing_id=UUID(int=1), accepted_at=at)

    @staticmethod
    def filing(
        *conditions: FilingCondition, at: datetime = NOW, reviewed_on: date | None = None
    ) -> intake.FilingSubmitted:
        return intake.FilingSubmitted(
            project_id=PROJECT,
            filing_id=UUID(int=1),
            conditions=conditions,
            cloud_plan=None,
            submitted_at=at,
            internal_review_on=reviewed_on,
        )

    @staticmethod
    def corrected(
        *conditions: FilingCondition, at: datetime = NOW, reviewed_on: date | None = None
    ) -> intake.FilingCorrected:
        return intake.FilingCorrected(
            project_id=PROJECT,
            filing_id=UUID(int=1),
            conditions=conditions,
            cloud_plan=None,
            corrected_at=at,
            internal_review_on=reviewed_on,
        )

    @staticmethod
    def irregular(at: datetime = NOW) -> intake.FilingFoundIrregular:
        return intake.FilingFoundIrregular(
            project_id=PROJECT, filing_id=UUID(int=1), reasons=("金额不符",), found_at=at
        )

    @staticmethod
    def change(
        number: int = 1,
        at: datetime = NOW,
        aspects: tuple[ChangeAspect, ...] = (ChangeAspect.SCALE,),
    ) -> intake.ChangeDetermined:
        return intake.ChangeDetermined(
            project_id=PROJECT,
            change_id=UUID(int=number),
            aspects=aspects,
            description="增加两个模块",
            new_budget_yuan=None,
            determined_at=at,
        )

    @staticmethod
    def change_approved(number: int = 1, at: datetime = NOW) -> intake.ChangeApproved:
        return intake.ChangeApproved(
            project_id=PROJECT,
            change_id=UUID(int=number),
            document="亭数批〔2026〕30号",
            approved_on=at.date(),
            recorded_at=at,
        )

    @staticmethod
    def change_withdrawn(number: int = 1, at: datetime = NOW) -> intake.ChangeWithdrawn:
        return intake.ChangeWithdrawn(
            project_id=PROJECT,
            change_id=UUID(int=number),
            reason="金额填写有误。",
            withdrawn_by="unit",
            withdrawn_at=at,
        )

    @staticmethod
    def change_filed(
        number: int = 1, at: datetime = NOW, budget_yuan: int = 1200000
    ) -> intake.ChangeFiled:
        return intake.ChangeFiled(
            project_id=PROJECT,
            change_id=UUID(int=number),
            budget_yuan=Decimal(budget_yuan),
            track=Track.FULL_PROCESS if budget_yuan >= 1000000 else Track.FILING,
            cloud_plan=None,
            filed_at=at,
        )

    @staticmethod
    def contract(**changes: object) -> intake.ContractRecorded:
        return intake.ContractRecorded.model_validate(
            {
                "project_id": PROJECT,
                "contract_id": new_id(),
                "contractor": "盐城软件公司",
                "supervisor": "盐城监理公司",
                "amount_yuan": Decimal(400000),
                "award_notice_on": date(2026, 2, 10),
                "contract_filed_on": date(2026, 2, 20),
                "free_ops_months": 36,
                "recorded_at": NOW,
                **changes,
            }
        )

    @staticmethod
    def scheduled(contract_id: UUID, ends_on: str) -> intake.ContractScheduled:
        return intake.ContractScheduled(
            project_id=PROJECT,
            contract_id=contract_id,
            ends_on=date.fromisoformat(ends_on),
            recorded_at=NOW,
        )

    @staticmethod
    def terminated(contract_id: UUID, settled_yuan: int = 0) -> intake.ContractTerminated:
        return intake.ContractTerminated(
            project_id=PROJECT,
            contract_id=contract_id,
            terminated_on=date(2026, 3, 10),
            settled_yuan=Decimal(settled_yuan),
            reason="承建单位未按期履约，双方协议解除。",
            recorded_at=NOW,
        )

    @staticmethod
    def withdrawn(granted: intake.ExceptionGranted) -> intake.ExceptionWithdrawn:
        return intake.ExceptionWithdrawn(
            project_id=PROJECT,
            exception_id=granted.exception_id,
            rule=granted.rule,
            reason="不再需要",
            withdrawn_by="bureau",
            withdrawn_at=NOW,
        )

    @staticmethod
    def exception(rule: str) -> intake.ExceptionGranted:
        return intake.ExceptionGranted(
            project_id=PROJECT,
            exception_id=new_id(),
            rule=rule,
            kind=ReliefKind.EXCEPTION,
            reason="区政府专题会议同意",
            approver="bureau",
            document="亭政会纪〔2026〕8号",
            expires_on=date(2027, 8, 3),
            granted_at=NOW,
        )

    @staticmethod
    def archived(
        project_id: UUID = PROJECT,
        at: datetime = NOW,
        classes: tuple[FileClass, ...] = DUE_BEFORE_FINAL,
        covered: tuple[str, ...] | None = None,
    ) -> archive.ArchiveCheckPassed:
        return archive.ArchiveCheckPassed(
            project_id=project_id, classes=classes, checked_at=at, covered=covered
        )

    @staticmethod
    def archive_failed(
        project_id: UUID = PROJECT, at: datetime = NOW
    ) -> archive.ArchiveCheckFailed:
        return archive.ArchiveCheckFailed(
            project_id=project_id, reasons=("合同文件未归档",), checked_at=at
        )
