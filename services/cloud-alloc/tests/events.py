"""What the producers publish, for the tests to hand over."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from govproject.clock import SHANGHAI
from govproject.contracts import intake, review
from govproject.ids import new_id
from govproject.resources import Resources
from govproject.terms import DeploymentTarget, FilingCondition, ProjectKind, ReliefKind, Track

START = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
PROJECT = UUID(int=7)
UNIT = "亭湖区教育局"
PLAN = Resources(vcpus=64, memory_gib=256, storage_gib=4096, public_ips=2, bandwidth_mbps=100)


class Events:
    """What intake and review publish about the test's project, or another one."""

    @staticmethod
    def declared(project_id: UUID = PROJECT, **changes: object) -> intake.ProjectDeclared:
        return intake.ProjectDeclared.model_validate(
            {
                "project_id": project_id,
                "project_name": "智慧校园",
                "unit": UNIT,
                "kind": ProjectKind.NEW,
                "budget_yuan": Decimal(300000),
                "track": Track.FILING,
                "plan_year": 2027,
                "builds_system": True,
                "deployment_target": DeploymentTarget.DISTRICT_CLOUD,
                "standalone_basis": None,
                "cloud_plan": PLAN,
                "rule_pack": "tinghu-2025",
                "declared_at": START,
                **changes,
            }
        )

    @staticmethod
    def linked(
        related_id: UUID, state: str = "confirmed", *results: tuple[str, str]
    ) -> intake.ProjectLinked:
        return intake.ProjectLinked.model_validate(
            {
                "project_id": PROJECT,
                "related_id": related_id,
                "related_name": "智慧校园一期",
                "state": state,
                "results": [{"grade": grade, "evaluated_on": on} for grade, on in results],
                "told_at": START,
            }
        )

    @staticmethod
    def evaluated(project_id: UUID, grade: str, on: str) -> intake.ProjectEvaluated:
        return intake.ProjectEvaluated.model_validate(
            {"project_id": project_id, "grade": grade, "evaluated_on": on}
        )

    @staticmethod
    def registered(project_id: UUID = PROJECT) -> intake.ProjectRegistered:
        return intake.ProjectRegistered(
            project_id=project_id, city_system_ref="320902-2026-0001", registered_at=START
        )

    @staticmethod
    def submitted(
        project_id: UUID = PROJECT,
        conditions: tuple[FilingCondition, ...] = (),
        cloud_plan: Resources | None = None,
    ) -> intake.FilingSubmitted:
        return intake.FilingSubmitted(
            project_id=project_id,
            filing_id=UUID(int=70),
            conditions=conditions,
            cloud_plan=cloud_plan,
            submitted_at=START,
        )

    @staticmethod
    def corrected(project_id: UUID = PROJECT) -> intake.FilingCorrected:
        return intake.FilingCorrected(
            project_id=project_id,
            filing_id=UUID(int=70),
            conditions=(),
            cloud_plan=None,
            corrected_at=START,
        )

    @staticmethod
    def accepted(project_id: UUID = PROJECT) -> intake.FilingAccepted:
        return intake.FilingAccepted(
            project_id=project_id, filing_id=UUID(int=70), accepted_at=START
        )

    @staticmethod
    def irregular(project_id: UUID = PROJECT) -> intake.FilingFoundIrregular:
        return intake.FilingFoundIrregular(
            project_id=project_id, filing_id=UUID(int=70), reasons=("附件缺失",), found_at=START
        )

    @staticmethod
    def changed(project_id: UUID = PROJECT, **changes: object) -> intake.ChangeFiled:
        return intake.ChangeFiled.model_validate(
            {
                "project_id": project_id,
                "change_id": UUID(int=71),
                "budget_yuan": Decimal(300000),
                "track": Track.FILING,
                "cloud_plan": PLAN,
                "filed_at": START,
                **changes,
            }
        )

    @staticmethod
    def change_approved(
        project_id: UUID = PROJECT, approved_plan: Resources | None = None
    ) -> intake.ChangeApproved:
        return intake.ChangeApproved(
            project_id=project_id,
            change_id=UUID(int=71),
            document="亭数批〔2026〕30号",
            approved_on=date(2026, 8, 4),
            recorded_at=START,
            approved_plan=approved_plan,
        )

    @staticmethod
    def excepted(rule: str, project_id: UUID = PROJECT) -> intake.ExceptionGranted:
        return intake.ExceptionGranted(
            project_id=project_id,
            exception_id=new_id(),
            rule=rule,
            kind=ReliefKind.EXCEPTION,
            reason="确需实施。",
            approver="bureau",
            document="区数据局会议纪要〔2026〕8号",
            expires_on=date(2026, 12, 31),
            granted_at=START,
        )

    @staticmethod
    def exception_withdrawn(granted: intake.ExceptionGranted) -> intake.ExceptionWithdrawn:
        return intake.ExceptionWithdrawn(
            project_id=granted.project_id,
            exception_id=granted.exception_id,
            rule=granted.rule,
            reason="不再需要。",
            withdrawn_by="bureau",
            withdrawn_at=START,
        )

    @staticmethod
    def failed(order_id: UUID, project_id: UUID = PROJECT) -> intake.RectificationFailed:
        return intake.RectificationFailed(
            project_id=project_id, order_id=order_id, reason="仍未整改。", failed_at=START
        )

    @staticmethod
    def cleared(order_id: UUID, project_id: UUID = PROJECT) -> intake.RectificationCleared:
        return intake.RectificationCleared(
            project_id=project_id, order_id=order_id, cleared_at=START
        )

    @staticmethod
    def decommissioned(project_id: UUID = PROJECT) -> intake.ProjectDecommissioned:
        return intake.ProjectDecommissioned(
            project_id=project_id, reason="并入市级平台。", reported_at=START
        )

    @staticmethod
    def approved(
        project_id: UUID = PROJECT, cloud_plan: Resources | None = PLAN
    ) -> review.ProjectApproved:
        return review.ProjectApproved(
            project_id=project_id,
            approval_number="亭数批〔2026〕12号",
            project_code="2608-320902-04-01-123456",
            approved_yuan=Decimal(1200000),
            approved_on=date(2026, 8, 3),
            cloud_plan=cloud_plan,
            filing_form_due_on=date(2026, 8, 17),
            filing_form_due_provisional=False,
        )
