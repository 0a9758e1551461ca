"""What intake publishes about the tests' projects."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from govproject.clock import SHANGHAI
from govproject.contracts import intake
from govproject.ids import new_id
from govproject.regulation.pack import pack
from govproject.resources import Resources
from govproject.terms import (
    ChangeAspect,
    DeploymentTarget,
    FilingCondition,
    LinkState,
    ProjectKind,
    ReliefKind,
)

NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
PROJECT = UUID(int=7)
UNIT = "亭湖区教育局"


class Events:
    """What intake publishes about the test's project, or another one."""

    @staticmethod
    def declared(
        project_id: UUID = PROJECT,
        budget_yuan: str = "1200000.00",
        unit: str = UNIT,
        **changes: Any,
    ) -> intake.ProjectDeclared:
        values = {
            "project_id": project_id,
            "project_name": "智慧教育平台",
            "unit": unit,
            "kind": ProjectKind.NEW,
            "budget_yuan": Decimal(budget_yuan),
            "track": pack("tinghu-2025").track(Decimal(budget_yuan)),
            "plan_year": 2027,
            "builds_system": True,
            "deployment_target": DeploymentTarget.DISTRICT_CLOUD,
            "standalone_basis": None,
            "cloud_plan": Resources(vcpus=64),
            "rule_pack": "tinghu-2025",
            "declared_at": NOW,
        }
        return intake.ProjectDeclared(**values | changes)

    @staticmethod
    def registered(project_id: UUID = PROJECT) -> intake.ProjectRegistered:
        return intake.ProjectRegistered(
            project_id=project_id, city_system_ref=f"320902-{project_id.int}", registered_at=NOW
        )

    @staticmethod
    def plan_adopted(project_id: UUID = PROJECT) -> intake.ProjectPlanAdopted:
        return intake.ProjectPlanAdopted(project_id=project_id, plan_year=2027, adopted_at=NOW)

    @staticmethod
    def filing_submitted(
        project_id: UUID = PROJECT, *conditions: FilingCondition
    ) -> intake.FilingSubmitted:
        return intake.FilingSubmitted(
            project_id=project_id,
            filing_id=new_id(),
            conditions=conditions,
            cloud_plan=None,
            submitted_at=NOW,
        )

    @staticmethod
    def linked(
        related_id: UUID, state: LinkState = LinkState.NAMED, **results: str
    ) -> intake.ProjectLinked:
        """A link of the test's project; results are days, by their grade."""
        return intake.ProjectLinked(
            project_id=PROJECT,
            related_id=related_id,
            related_name="智慧校园",
            state=state,
            results=tuple(
                intake.EvaluationResult.model_validate({"grade": grade, "evaluated_on": day})
                for grade, day in results.items()
            ),
            told_at=NOW,
        )

    @staticmethod
    def evaluated(project_id: UUID, grade: str, on: str) -> intake.ProjectEvaluated:
        return intake.ProjectEvaluated.model_validate(
            {"project_id": project_id, "grade": grade, "evaluated_on": on}
        )

    @staticmethod
    def change_determined(
        *aspects: ChangeAspect, new_budget_yuan: str | None = None, project_id: UUID = PROJECT
    ) -> intake.ChangeDetermined:
        return intake.ChangeDetermined(
            project_id=project_id,
            change_id=new_id(),
            aspects=aspects,
            description="经集体研究确定的变更。",
            new_budget_yuan=None if new_budget_yuan is None else Decimal(new_budget_yuan),
            determined_at=NOW,
        )

    @staticmethod
    def change_withdrawn(determined: intake.ChangeDetermined) -> intake.ChangeWithdrawn:
        return intake.ChangeWithdrawn(
            project_id=determined.project_id,
            change_id=determined.change_id,
            reason="填写有误。",
            withdrawn_by="unit",
            withdrawn_at=NOW,
        )

    @staticmethod
    def change_filed(
        budget_yuan: str, cloud_plan: Resources | None = None, project_id: UUID = PROJECT
    ) -> intake.ChangeFiled:
        return intake.ChangeFiled(
            project_id=project_id,
            change_id=new_id(),
            budget_yuan=Decimal(budget_yuan),
            track=pack("tinghu-2025").track(Decimal(budget_yuan)),
            cloud_plan=cloud_plan,
            filed_at=NOW,
        )

    @staticmethod
    def exception_granted(
        rule: str, project_id: UUID = PROJECT, expires_on: date = date(2026, 12, 31)
    ) -> intake.ExceptionGranted:
        return intake.ExceptionGranted(
            project_id=project_id,
            exception_id=new_id(),
            rule=rule,
            kind=ReliefKind.EXCEPTION,
            reason="区政府专题会议同意",
            approver="bureau",
            document="亭政办纪要〔2026〕9号",
            expires_on=expires_on,
            granted_at=NOW,
        )

    @staticmethod
    def exception_withdrawn(granted: intake.ExceptionGranted) -> intake.ExceptionWithdrawn:
        return intake.ExceptionWithdrawn(
            project_id=granted.project_id,
            exception_id=granted.exception_id,
            rule=granted.rule,
            reason="不再需要",
            withdrawn_by="bureau",
            withdrawn_at=NOW,
        )

    @staticmethod
    def decommissioned(project_id: UUID = PROJECT) -> intake.ProjectDecommissioned:
        return intake.ProjectDecommissioned(
            project_id=project_id, reason="职能划转", reported_at=NOW
        )
