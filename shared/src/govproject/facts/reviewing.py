"""What the gates of review see (Arts 2, 6-11, 25, 26)."""

from decimal import Decimal
from typing import Any, ClassVar

from pydantic import Field

from govproject.facts.base import Facts, ToldFacts
from govproject.facts.declaring import RelatedProject
from govproject.fields import (
    Command,
    Count,
    IsoDate,
    LongText,
    MoneyYuan,
    Year,
)
from govproject.terms import (
    ChangeAspect,
    ContractClause,
    CostHead,
    Department,
    DeploymentTarget,
    DocumentVerdict,
    FilingCondition,
    FilingStatus,
    MobileScope,
    PreReviewMaterial,
    ProjectKind,
    TenderInput,
    Track,
    Verdict,
)


class Statements(Command):
    """What a unit declares beside its materials; each has to be said, nothing is presumed."""

    mobile: MobileScope | None = Field(
        default=None, title="移动端建设内容", description="须声明（第2条）"
    )
    adapted_chapters: dict[str, LongText] = Field(
        default_factory=dict, max_length=50, title="可行性研究报告调整的章节及理由"
    )
    no_data_reason: LongText | None = Field(default=None, title="项目不产生数据的理由")
    empty_lists: dict[PreReviewMaterial, LongText] = Field(
        default_factory=dict, title="内容为空的数据清单及说明"
    )
    crypto_not_applicable: LongText | None = Field(
        default=None, title="不适用密码应用方案的理由", description="仅限运维、服务类项目"
    )
    zero_costs: dict[CostHead, LongText] = Field(default_factory=dict, title="金额为零的费用及说明")


Parts = dict[str, DocumentVerdict]


def _all_pass(names: str) -> Parts:
    return dict.fromkeys(names.split(), DocumentVerdict.PASS)


class MaterialsFacts(Facts):
    """What a unit hands in for the pre-review, and what is in it (Arts 2, 8)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "kind": ProjectKind.NEW,
        "budget_yuan": Decimal(12000000),
        "documents": {
            "feasibility_report": _all_pass(
                "overview necessity needs design construction organization schedule investment"
                " benefit risk data_resources"
            ),
            "preliminary_design": _all_pass("scale duration materials equipment data_resources"),
            "cost_assessment_report": _all_pass(
                "direct_cost network_security_cost other_costs contingency total"
            ),
            "crypto_plan": _all_pass(
                "background overview needs goals design management compliance"
            ),
            "network_security_plan": _all_pass(
                "basis needs gap construction_plan design implementation training schedule cost"
            ),
            "data_resource_catalogue": _all_pass("content"),
            "sharing_list": _all_pass("content"),
            "opening_list": _all_pass("content"),
            "authorized_operation_list": _all_pass("content"),
            "digital_asset_catalogue": _all_pass(
                "asset_type attribute quantity protocol shareable content"
            ),
        },
        "costs_yuan": {
            "direct_cost": Decimal(10000000),
            "network_security_cost": Decimal(1000000),
            "other_costs": Decimal(700000),
            "contingency": Decimal(300000),
        },
        "total_yuan": Decimal(12000000),
        "statements": {"mobile": "none"},
    }

    kind: ProjectKind = Field(title="项目类型")
    budget_yuan: MoneyYuan = Field(title="预算金额（元）")
    builds_system: bool = Field(default=False, title="新建或改造系统")
    deployment_target: DeploymentTarget | None = Field(default=None, title="系统部署位置")
    standalone_basis: str | None = Field(default=None, title="国家规定单独建设的依据")
    documents: dict[PreReviewMaterial, Parts] = Field(
        title="已上传的预审材料，及其各部分的检查结果"
    )
    same_content: tuple[tuple[PreReviewMaterial, ...], ...] = Field(
        default=(), title="内容完全相同、作为不同材料上传的文件"
    )
    costs_yuan: dict[CostHead, MoneyYuan] = Field(
        default_factory=dict, title="造价评估报告各项费用（元）"
    )
    total_yuan: MoneyYuan | None = Field(default=None, title="造价评估报告总额（元）")
    statements: Statements = Field(default_factory=Statements, title="项目单位声明")


class PreReviewFacts(Facts):
    """What the bureau's pre-review looked at (Art 7)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "city_system_ref": "320902-2026-0001",
        "points": dict.fromkeys(
            (
                "necessity",
                "basis",
                "infrastructure_use",
                "digital_reform",
                "data_needs",
                "data_resource_design",
            ),
            True,
        ),
    }

    city_system_ref: str | None = Field(title="市级系统编号")
    points: dict[str, bool] = Field(title="重点审查六项：是否符合")
    mobile: MobileScope | None = Field(default=None, title="声明的移动端建设内容")
    materials_outdated: bool = Field(default=False, title="预审材料早于变更报备")


class PanelFacts(Facts):
    """An expert panel and what its experts said (Art 10)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "amount_yuan": Decimal(1200000),
        "signed": 5,
        "not_from_the_draw": (),
        "incomplete_opinions": (),
    }

    amount_yuan: MoneyYuan = Field(title="投资额（元）")
    signed: Count = Field(title="到会并签字的专家人数")
    absent_members: tuple[str, ...] = Field(default=(), title="抽取而未到会、未递补的专家")
    not_from_the_draw: tuple[str, ...] = Field(default=(), title="未经抽取的专家")
    conflicted: tuple[str, ...] = Field(default=(), title="应当回避而到会的专家及理由")
    incomplete_opinions: tuple[str, ...] = Field(default=(), title="五方面意见不完整的专家")
    signed_by_one_account: tuple[str, ...] = Field(default=(), title="由同一账号签署的专家")
    absent_fields: tuple[str, ...] = Field(default=(), title="指定而专家组中没有的专业领域")


class ApprovalFacts(ToldFacts):
    """A project at the moment the bureau decides on it (Arts 6-11, 25)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "city_system_ref": "320902-2026-0001",
        "plan_year_adopted": 2026,
        "plan_year": 2026,
        "budget_yuan": Decimal(1200000),
        "amount_yuan": Decimal(1200000),
        "pre_review_passed": True,
        "opinions": dict.fromkeys(Department, Verdict.PASS),
        "panel_passed": True,
        "panel_attended": 5,
        "evaluated_yuan": Decimal(1200000),
        "project_code": "2608-320902-04-01-123456",
        "approval_documents": ("项目审批请示",),
        "knowledge_age_minutes": 0,
    }

    city_system_ref: str | None = Field(title="市级系统编号")
    kind: ProjectKind | None = Field(default=None, title="项目类型")
    builds_system: bool = Field(default=False, title="新建或改造系统")
    deployment_target: DeploymentTarget | None = Field(default=None, title="系统部署位置")
    standalone_basis: str | None = Field(default=None, title="国家规定单独建设的依据")
    plan_year_adopted: Year | None = Field(title="列入的年度计划")
    plan_year: Year | None = Field(
        default=None, title="申报的计划年度；空表示申报早于本系统记录关联项目"
    )
    related: tuple[RelatedProject, ...] = Field(default=(), title="关联项目")
    budget_yuan: MoneyYuan = Field(title="投资额（元）")
    amount_yuan: MoneyYuan = Field(title="拟批复金额（元）")
    pre_review_passed: bool = Field(title="预审已通过")
    pre_review_outdated: bool = Field(default=False, title="预审通过早于变更报备")
    has_preliminary_design: bool = Field(default=False, title="预审材料中有初步设计方案")
    opinions: dict[Department, Verdict] = Field(title="部门会审意见")
    outdated_opinions: tuple[Department, ...] = Field(
        default=(), title="会审意见早于预审通过或变更报备的部门"
    )
    audit_observation_unanswered: bool = Field(default=False, title="审计意见尚未答复")
    conditions_unanswered: tuple[Department, ...] = Field(
        default=(), title="附条件通过而项目单位尚未答复的部门"
    )
    panel_passed: bool = Field(title="专家评审已通过")
    panel_attended: Count = Field(default=0, title="到会并签字的专家人数")
    panel_outdated: bool = Field(default=False, title="专家评审早于预审通过或变更报备")
    evaluated_yuan: MoneyYuan | None = Field(title="财评审定金额（元）")
    evaluation_outdated: bool = Field(default=False, title="财评报告早于预审通过或变更报备")
    related_backlog: Count = Field(default=0, title="尚未处理的关联项目事件数")
    project_code: str | None = Field(title="项目代码")
    approval_documents: tuple[str, ...] = Field(title="报送的项目审批文件")
    approved_on: IsoDate | None = Field(default=None, title="批复日期；空表示办理当日")
    steps_on: dict[str, IsoDate] = Field(default={}, title="批复所依据的各步骤及其完成日期")
    open_changes: tuple[ChangeAspect, ...] = Field(
        default=(), title="已确定、尚未报备的变更所涉及的事项"
    )
    approved_before_service: bool = Field(
        default=False, title="补登系统启用前取得的立项批复，评审经过不在本系统"
    )


class TenderFacts(Facts):
    """Tender documents as their unit puts them on record (Arts 6, 11, 26)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "track": Track.FULL_PROCESS,
        "amount_yuan": Decimal(1200000),
        "approved": True,
        "filing_status": FilingStatus.ACCEPTED,
        "excluded": (),
        "on_record": tuple(TenderInput),
        "based_on": tuple(TenderInput),
        "clauses": dict.fromkeys(ContractClause, "第3页"),
    }

    track: Track = Field(title="管理方式")
    amount_yuan: MoneyYuan = Field(title="投资额（元）")
    approved: bool = Field(title="已立项")
    filing_status: FilingStatus | None = Field(default=None, title="报备状态；空表示没有记录")
    excluded: tuple[FilingCondition, ...] | None = Field(
        default=None,
        title="报备声明存在、未经认定也未获例外的不得立项实施情形；空表示没有记录",
    )
    approved_before_service: bool = Field(
        default=False, title="立项批复在系统启用前取得，编制依据不在本系统"
    )
    on_record: tuple[TenderInput, ...] = Field(default=(), title="项目已有的编制依据")
    based_on: tuple[TenderInput, ...] = Field(default=(), title="招标文件结合的编制依据")
    clauses: dict[ContractClause, str] = Field(
        default_factory=dict, title="五项必备条款及其在采购文件中的位置"
    )
