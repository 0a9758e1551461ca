"""What the gates of declaration, annual plan and filing see (Arts 2, 4, 5, 8, 10, 25-27)."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from govproject.facts.base import Facts
from govproject.fields import (
    IsoDate,
    MoneyYuan,
    PositiveYuan,
    ShortText,
    Year,
)
from govproject.terms import (
    DeploymentTarget,
    DocumentVerdict,
    EvaluationGrade,
    FilingCondition,
    LongLivedSystem,
    MaterialKind,
    MobileScope,
    PlanSection,
    PreReviewMaterial,
    ProjectKind,
    ProjectScope,
    Track,
)


class Result(BaseModel):
    """The finance bureau's result of an evaluation (Art 24)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    grade: EvaluationGrade = Field(title="评估结果")
    evaluated_on: IsoDate = Field(title="评价日期")


class RelatedProject(BaseModel):
    """Another project on the same system (Arts 25, 31)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    project_name: str = Field(title="项目名称")
    free_until: IsoDate | None = Field(default=None, title="免费运维期截止日")
    results: tuple[Result, ...] = Field(default=(), title="历次评估结果")
    confirmed: bool = Field(default=True, title="关联已填报或确认；否则待区数据局确认")

    def poor_before(self, year: int) -> Result | None:
        """The last result of the year before, if it is poor: who is related is barred by it.

        >>> poor = {"grade": "poor", "evaluated_on": "2026-06-30"}
        >>> project = RelatedProject.model_validate({"project_name": "二期", "results": [poor]})
        >>> [project.poor_before(year) is not None for year in (2026, 2027, 2028)]
        [False, True, False]
        """
        of_the_year = [each for each in self.results if each.evaluated_on.year == year - 1]
        last = max(of_the_year, key=lambda result: result.evaluated_on, default=None)
        return last if last is not None and last.grade is EvaluationGrade.POOR else None


class OptimisationInOps(BaseModel):
    """Small optimisation that is declared as part of operation (Art 8)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    system_type: LongLivedSystem = Field(title="系统类型")
    amount_yuan: PositiveYuan = Field(title="优化金额（元）")
    funding_source: ShortText | None = Field(default=None, title="资金来源")


class DeclarationFacts(Facts):
    """A project as its unit declares it (Arts 4, 5, 8, 31)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "scope": ProjectScope.GOVERNMENT_IT,
        "kind": ProjectKind.NEW,
        "budget_yuan": Decimal(1200000),
        "plan_year": 2027,
        "policy_basis": ("区政府会议纪要〔2026〕5号",),
        "materials": (
            MaterialKind.APPLICATION_FORM,
            MaterialKind.IMPLEMENTATION_PLAN,
            MaterialKind.POLICY_BASIS,
        ),
        "plan_sections": dict.fromkeys(PlanSection, DocumentVerdict.PASS),
    }

    scope: ProjectScope | None = Field(default=None, title="是否适用本细则；空表示未声明")
    kind: ProjectKind = Field(title="项目类型")
    budget_yuan: MoneyYuan = Field(title="预算金额（元）")
    plan_year: Year = Field(title="计划年度")
    policy_basis: tuple[str, ...] = Field(title="依据文件")
    materials: tuple[MaterialKind, ...] = Field(default=(), title="已上传的申报材料")
    plan_sections: dict[PlanSection, DocumentVerdict] = Field(
        default_factory=dict, title="实施方案各部分的检查结果"
    )
    first_period_note: str | None = Field(
        default=None, title="首次运维或服务、没有上一期合同的说明"
    )
    sibling_budgets_yuan: tuple[MoneyYuan, ...] = Field(
        default=(), title="同一单位同一年度其他报备制项目预算（元）"
    )
    namesake_budgets_yuan: tuple[MoneyYuan, ...] = Field(
        default=(), title="同一单位各年度同名或同一系统、尚未终验的其他报备制项目预算（元）"
    )
    related: tuple[RelatedProject, ...] = Field(default=(), title="关联项目")
    optimisation_in_ops: OptimisationInOps | None = Field(
        default=None, title="纳入运维的小规模优化"
    )
    builds_system: bool = Field(default=False, title="新建或改造政务系统")
    deployment_target: DeploymentTarget = Field(default=DeploymentTarget.NONE, title="系统部署位置")


class AnnualPlanFacts(Facts):
    """A project on its way into an annual plan (Arts 5, 25)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "project_name": "智慧校园二期",
        "kind": ProjectKind.UPGRADE,
        "plan_year": 2027,
    }

    project_name: str = Field(title="项目名称")
    kind: ProjectKind = Field(title="项目类型")
    plan_year: Year = Field(title="计划年度")
    declared_on: IsoDate | None = Field(default=None, title="申报日期；空表示正在申报")
    reason: str | None = Field(default=None, title="列入计划的理由")
    related: tuple[RelatedProject, ...] = Field(default=(), title="关联项目")


class FilingFacts(Facts):
    """A filing as its unit submits it (Arts 2, 10, 26, 27)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "track": Track.FILING,
        "amount_yuan": Decimal(300000),
        "city_system_ref": "320902-2026-0001",
        "internal_review_on": date(2026, 7, 20),
        "internal_review_record": True,
        "kind": ProjectKind.NEW,
        "builds_system": True,
        "deployment_target": DeploymentTarget.DISTRICT_CLOUD,
        "mobile": MobileScope.NONE,
    }

    track: Track = Field(title="管理方式")
    amount_yuan: MoneyYuan = Field(title="投资额（元）")
    city_system_ref: str | None = Field(title="市级系统编号")
    internal_review_on: IsoDate | None = Field(title="内部技术审查论证日期")
    internal_review_record: bool | None = Field(
        default=False, title="已上传内部技术审查及论证记录；空表示认定规范时尚未要求上传"
    )
    kind: ProjectKind = Field(title="项目类型")
    builds_system: bool = Field(title="新建或改造政务系统")
    deployment_target: DeploymentTarget = Field(title="系统部署位置")
    standalone_basis: str | None = Field(default=None, title="国家规定单独建设的依据")
    standalone_documents: tuple[PreReviewMaterial, ...] = Field(
        default=(), title="随报备上传的单独建设依据和数据共享方案"
    )
    project_name: str = Field(default="", title="项目名称")
    plan_year: Year | None = Field(default=None, title="计划年度")
    related: tuple[RelatedProject, ...] = Field(default=(), title="关联项目")
    accepted_before: bool = Field(default=False, title="报备曾经认定规范")
    sibling_budgets_yuan: tuple[MoneyYuan, ...] = Field(
        default=(), title="同一单位同一年度其他报备制项目预算（元）"
    )
    namesake_budgets_yuan: tuple[MoneyYuan, ...] = Field(
        default=(), title="同一单位各年度同名或同一系统、尚未终验的其他报备制项目预算（元）"
    )
    mobile: MobileScope | None = Field(title="声明的移动端建设内容；空表示未作声明")
    conditions: tuple[FilingCondition, ...] = Field(default=(), title="声明存在的第26条情形")
    fiscal_evaluation_report: str | None = Field(default=None, title="财评报告文号")
    evaluated_yuan: MoneyYuan | None = Field(
        default=None, title="财评审定金额（元）；空表示没有财评报告或金额未知"
    )
