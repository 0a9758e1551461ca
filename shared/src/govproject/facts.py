"""What rules see: one frozen model a gate, built by the owning service from its own tables.

Rules never see tables. `example()` gives facts that break no rule; a test changes one at a time.
"""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from govproject.fields import Count, IsoDate, MoneyYuan, PositiveYuan, ShortText, Year
from govproject.regulation.findings import Relief
from govproject.resources import Resources
from govproject.terms import (
    AcceptanceStage,
    ArchivePlace,
    ConfidentialityNeed,
    ConstructionStep,
    ContractClause,
    Department,
    DeploymentTarget,
    DocumentVerdict,
    EvaluationGrade,
    FileClass,
    FilingCondition,
    FilingStatus,
    LongLivedSystem,
    MaintenanceItem,
    MaterialKind,
    ParticipantRole,
    Party,
    PlanSection,
    ProcessFileKind,
    ProjectKind,
    ReportSubject,
    Track,
    Verdict,
    Veto,
)

VetoAnswer = Literal["clear", "found", "unanswered"]


class Facts(BaseModel):
    """What every gate's facts have: the day of the question and the bureau's recorded acts."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    EXAMPLE: ClassVar[dict[str, Any]] = {}

    today: IsoDate = Field(title="判断日期")
    reliefs: tuple[Relief, ...] = Field(default=(), title="已记录的例外或决定")

    @classmethod
    def example(cls, **changes: object) -> Self:
        """Facts that break no rule, with `changes`."""
        return cls.model_validate({"today": date(2026, 8, 3), **cls.EXAMPLE, **changes})


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


class OptimisationInOps(BaseModel):
    """Small optimisation that is declared as part of operation (Art 8)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    system_type: LongLivedSystem = Field(title="系统类型")
    amount_yuan: PositiveYuan = Field(title="优化金额（元）")
    funding_source: ShortText | None = Field(default=None, title="资金来源")


class DeclarationFacts(Facts):
    """A project as its unit declares it (Arts 4, 5, 8, 31)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "kind": ProjectKind.NEW,
        "budget_yuan": Decimal(1200000),
        "plan_year": 2027,
        "policy_basis": ("区政府会议纪要〔2026〕5号",),
        "materials": (MaterialKind.APPLICATION_FORM, MaterialKind.IMPLEMENTATION_PLAN),
        "plan_sections": dict.fromkeys(PlanSection, DocumentVerdict.PASS),
    }

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
    related: tuple[RelatedProject, ...] = Field(default=(), title="关联项目")
    optimisation_in_ops: OptimisationInOps | None = Field(
        default=None, title="纳入运维的小规模优化"
    )


class AnnualPlanFacts(Facts):
    """A project on its way into an annual plan (Art 25)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "project_name": "智慧校园二期",
        "kind": ProjectKind.UPGRADE,
        "plan_year": 2027,
    }

    project_name: str = Field(title="项目名称")
    kind: ProjectKind = Field(title="项目类型")
    plan_year: Year = Field(title="计划年度")
    related: tuple[RelatedProject, ...] = Field(default=(), title="关联项目")


class FilingFacts(Facts):
    """A filing as its unit submits it (Arts 26, 27)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "track": Track.FILING,
        "amount_yuan": Decimal(300000),
        "city_system_ref": "320902-2026-0001",
        "internal_review_on": date(2026, 7, 20),
    }

    track: Track = Field(title="管理方式")
    amount_yuan: MoneyYuan = Field(title="投资额（元）")
    city_system_ref: str | None = Field(title="市级系统编号")
    internal_review_on: IsoDate | None = Field(title="内部技术审查论证日期")
    conditions: tuple[FilingCondition, ...] = Field(default=(), title="声明存在的第26条情形")
    fiscal_evaluation_report: str | None = Field(default=None, title="财评报告文号")


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
    not_from_the_draw: tuple[str, ...] = Field(default=(), title="未经抽取的专家")
    incomplete_opinions: tuple[str, ...] = Field(default=(), title="五方面意见不完整的专家")


class ApprovalFacts(Facts):
    """A project at the moment the bureau decides on it (Arts 6-11)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "city_system_ref": "320902-2026-0001",
        "plan_year_adopted": 2026,
        "budget_yuan": Decimal(1200000),
        "amount_yuan": Decimal(1200000),
        "pre_review_passed": True,
        "opinions": dict.fromkeys(Department, Verdict.PASS),
        "panel_passed": True,
        "evaluated_yuan": Decimal(1200000),
        "project_code": "2608-320902-04-01-123456",
        "approval_documents": ("项目审批请示",),
    }

    city_system_ref: str | None = Field(title="市级系统编号")
    plan_year_adopted: Year | None = Field(title="列入的年度计划")
    budget_yuan: MoneyYuan = Field(title="投资额（元）")
    amount_yuan: MoneyYuan = Field(title="拟批复金额（元）")
    pre_review_passed: bool = Field(title="预审已通过")
    opinions: dict[Department, Verdict] = Field(title="部门会审意见")
    audit_observation_unanswered: bool = Field(default=False, title="审计意见尚未答复")
    panel_passed: bool = Field(title="专家评审已通过")
    evaluated_yuan: MoneyYuan | None = Field(title="财评审定金额（元）")
    project_code: str | None = Field(title="项目代码")
    approval_documents: tuple[str, ...] = Field(title="报送的项目审批文件")


class ContractFacts(Facts):
    """A contract as its unit records it (Arts 13, 18, 31, 33)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "kind": ProjectKind.NEW,
        "clauses": dict.fromkeys(ContractClause, "第3页"),
        "maintenance": dict.fromkeys(MaintenanceItem, "第5页"),
        "free_ops_months": 24,
        "confidentiality_need": ConfidentialityNeed.NEEDED,
        "nda_signed_on": date(2026, 7, 20),
        "amount_yuan": Decimal(1100000),
        "approved_yuan": Decimal(1200000),
    }

    kind: ProjectKind = Field(title="项目类型")
    clauses: dict[ContractClause, str] = Field(title="五项必备条款及其在合同中的位置")
    maintenance: dict[MaintenanceItem, str] = Field(title="运维约定及其在合同中的位置")
    free_ops_months: Count = Field(title="免费运维期（月）")
    confidentiality_need: ConfidentialityNeed | None = Field(title="保密需要；空表示未作声明")
    nda_signed_on: IsoDate | None = Field(default=None, title="安全保密协议签订日期")
    outsourced: bool = Field(default=False, title="属于技术服务外包")
    security_clause: str | None = Field(default=None, title="网络安全责任和要求条款在合同中的位置")
    amount_yuan: MoneyYuan = Field(title="合同金额（元）")
    contracted_yuan: MoneyYuan = Field(default=Decimal(0), title="此前各合同金额合计（元）")
    approved_yuan: MoneyYuan | None = Field(
        default=None, title="批复或变更报备后的金额（元）；空表示尚未批复"
    )


class ConstructionFacts(Facts):
    """A contract's schedule, an extension or a change of personnel (Arts 15, 17)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "step": ConstructionStep.EXTENSION_EFFECT,
        "contract_ends_on": date(2026, 12, 31),
        "new_ends_on": date(2027, 3, 31),
        "milestones": (date(2026, 10, 31), date(2027, 3, 31)),
        "supervised": True,
        "signed": tuple(Party),
        "replaced": "张三",
        "listed": ("张三", "李四"),
    }

    step: ConstructionStep = Field(title="环节")
    contract_ends_on: IsoDate | None = Field(title="合同工期截止日")
    new_ends_on: IsoDate | None = Field(default=None, title="延期后的工期截止日")
    milestones: tuple[IsoDate, ...] = Field(default=(), title="进度计划各节点的日期")
    supervised: bool = Field(default=False, title="已聘请监理单位")
    signed: tuple[Party, ...] = Field(default=(), title="已签字确认的各方")
    expert_reviewed_on: IsoDate | None = Field(default=None, title="专家评审确认日期")
    replaced: str | None = Field(default=None, title="被更换的人员")
    listed: tuple[str, ...] = Field(default=(), title="投标文件或合同所列人员")


class AcceptanceFacts(Facts):
    """A project at one step of its acceptance (Arts 6, 19, 20, 28)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "stage": AcceptanceStage.FINAL,
        "track": Track.FULL_PROCESS,
        "amount_yuan": Decimal(1200000),
        "approved": True,
        "participants": tuple(ParticipantRole),
        "preliminary_passed_on": date(2026, 3, 2),
        "trial_started_on": date(2026, 4, 1),
        "trial_ended_on": date(2026, 7, 15),
        "test_report": "CP-2026-017",
        "test_report_covers": tuple(ReportSubject),
        "guidance_recorded": True,
        "archive_check_passed": True,
        "external_experts": 3,
        "votes_in_favour": 3,
        "vetoes": dict.fromkeys(Veto, "clear"),
    }

    stage: AcceptanceStage = Field(title="验收环节")
    held_on: IsoDate | None = Field(default=None, title="会议日期；空表示尚未召开")
    kind: ProjectKind = Field(default=ProjectKind.NEW, title="项目类型")
    track: Track = Field(title="管理方式")
    amount_yuan: MoneyYuan = Field(title="投资额（元）")
    approved: bool = Field(default=False, title="已立项")
    filing_status: FilingStatus = Field(default=FilingStatus.NONE, title="报备状态")
    unfiled_changes: Count = Field(default=0, title="未报备的变更数")
    participants: tuple[ParticipantRole, ...] = Field(default=(), title="参加初验的角色")
    supervision_contracted: bool = Field(default=False, title="合同约定了监理单位")
    without_supervisor: bool = Field(default=False, title="声明未聘请监理单位")
    must_fix_open: Count = Field(default=0, title="初验整改清单未完成项")
    preliminary_passed_on: IsoDate | None = Field(default=None, title="初验通过日期")
    preliminary_waiver: str | None = Field(default=None, title="不开展初验的理由")
    trial_started_on: IsoDate | None = Field(default=None, title="试运行开始日期")
    trial_ended_on: IsoDate | None = Field(default=None, title="试运行结束日期")
    trial_overrun_reason: str | None = Field(default=None, title="试运行超期说明")
    trial_waiver: str | None = Field(default=None, title="不开展试运行的理由")
    test_report: str | None = Field(default=None, title="第三方测评报告编号")
    test_report_covers: tuple[ReportSubject, ...] = Field(default=(), title="测评报告涵盖的内容")
    guidance_recorded: bool = Field(default=False, title="区数据局指导记录")
    archive_check_passed: bool = Field(default=False, title="档案验收已通过")
    external_experts: Count = Field(default=0, title="外部专家人数")
    votes_in_favour: Count | None = Field(default=None, title="外部专家赞成票；空表示尚未表决")
    vetoes: dict[Veto, VetoAnswer] = Field(default_factory=dict, title="九种不得通过情形的结论")
    rectify_by: IsoDate | None = Field(default=None, title="本次终验意见载明的整改期限")
    previous_rectify_by: IsoDate | None = Field(default=None, title="上一次终验意见载明的整改期限")


class ArchiveFacts(Facts):
    """A project's files at an archive check (Arts 18, 35, 37, 39-41)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "due": (FileClass.APPROVAL, FileClass.CONTRACT),
        "handed_over": (FileClass.APPROVAL, FileClass.CONTRACT),
        "process_files_due": tuple(ProcessFileKind),
        "process_files": tuple(ProcessFileKind),
        "unit_is_organised": True,
        "in_step": tuple(ArchivePlace),
    }

    due: tuple[FileClass, ...] = Field(title="已到归档时点的类别")
    handed_over: tuple[FileClass, ...] = Field(title="已移交归档的类别")
    unreviewed_volumes: tuple[str, ...] = Field(default=(), title="未经负责人审查的案卷")
    unlisted_volumes: tuple[str, ...] = Field(default=(), title="未编制交接清册的案卷")
    uncounted_volumes: tuple[str, ...] = Field(default=(), title="未经双方清点无误的案卷")
    process_files_due: tuple[ProcessFileKind, ...] = Field(
        default=(), title="已到上传节点的过程材料"
    )
    process_files: tuple[ProcessFileKind, ...] = Field(default=(), title="已上传的过程材料")
    unit_is_organised: bool = Field(
        default=False, title="项目单位已明确档案工作的负责人、制度和标准"
    )
    in_step: tuple[ArchivePlace, ...] = Field(
        default=(), title="已写明档案工作的计划、体系、程序、合同和职责"
    )
    backlog: Count = Field(default=0, title="尚未处理的项目事件数")


class AllocationFacts(Facts):
    """A project's standing and its request, as the gate knows them (Arts 2, 3, 6, 7, 26-29, 34)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "declared": True,
        "city_system_ref": "320902-2026-0001",
        "track": Track.FULL_PROCESS,
        "approval_number": "亭数批〔2026〕12号",
        "builds_system": True,
        "deployment_target": DeploymentTarget.DISTRICT_CLOUD,
        "planned": Resources(vcpus=64, memory_gib=256, storage_gib=4096, public_ips=2),
        "requested": Resources(vcpus=16, memory_gib=64, storage_gib=1024),
        "knowledge_age_minutes": 0,
    }

    declared: bool = Field(title="项目已申报")
    city_system_ref: str | None = Field(default=None, title="市级系统编号")
    track: Track | None = Field(default=None, title="管理方式")
    filing_status: FilingStatus = Field(default=FilingStatus.NONE, title="报备状态")
    filing_problems: tuple[str, ...] = Field(default=(), title="报备不规范的原因")
    filing_conditions: tuple[FilingCondition, ...] = Field(default=(), title="声明存在的第26条情形")
    approval_number: str | None = Field(default=None, title="立项批复文号")
    builds_system: bool = Field(default=False, title="新建或改造系统")
    deployment_target: DeploymentTarget = Field(default=DeploymentTarget.NONE, title="系统部署位置")
    standalone_basis: str | None = Field(default=None, title="国家规定单独建设的依据")
    planned: Resources | None = Field(default=None, title="已批准或报备的云资源计划")
    in_use: Resources = Field(default=Resources(), title="已分配的资源")
    requested: Resources = Field(title="本次申请的资源")
    rectification_failed: bool = Field(default=False, title="整改不到位，尚未暂停")
    suspended_by: str | None = Field(default=None, title="已确认的暂停令")
    decommissioned: bool = Field(default=False, title="已报停用")
    open_incidents: tuple[str, ...] = Field(default=(), title="尚未处置的网络安全隐患和事件")
    backlog: Count = Field(default=0, title="尚未处理的项目事件数")
    knowledge_age_minutes: Count | None = Field(
        default=None, title="项目信息距今分钟数；空表示从未同步"
    )
    knowledge_max_age_minutes: Count = Field(default=1440, title="项目信息允许的最大时差（分钟）")
