"""What the gates of acceptance, operation and evaluation see (Arts 14, 19-24, 28, 30-33)."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from govproject.facts.base import Facts, ToldFacts
from govproject.fields import (
    Count,
    IsoDate,
    MoneyYuan,
)
from govproject.terms import (
    AcceptanceStage,
    EvaluationDimension,
    EvaluationPart,
    FilingCondition,
    FilingStatus,
    FinalMaterial,
    ImplementationPlan,
    MobileOutcome,
    MobileScope,
    ParticipantRole,
    PreReviewMaterial,
    ProjectKind,
    ReportSubject,
    SecurityMeasure,
    SelfEvaluationPart,
    Track,
    Verdict,
    Veto,
)

VetoAnswer = Literal["clear", "found", "unanswered"]


class ContractTerm(BaseModel):
    """By which day a contract that carries the project out is to be completed (Art 15)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    contractor: str = Field(title="承建单位")
    ends_on: IsoDate = Field(title="合同工期截止日，延期经确认的为延期后的截止日")
    completed_on: IsoDate | None = Field(
        default=None, title="项目建设完成日期，标段先行验收合格的为该日期；空表示尚未完成"
    )


class FreeOperations(BaseModel):
    """How long a contract is maintained free of charge (Art 31)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    contractor: str = Field(title="承建（供货）单位")
    months: Count = Field(title="免费运维期（月）")


class AcceptanceFacts(ToldFacts):
    """A project at one step of its acceptance (Arts 6, 12, 14, 15, 19, 20, 26, 28)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "stage": AcceptanceStage.FINAL,
        "track": Track.FULL_PROCESS,
        "amount_yuan": Decimal(1200000),
        "approved": True,
        "excluded": (),
        "contracts": 1,
        "plans": tuple(ImplementationPlan),
        "participants": tuple(ParticipantRole),
        "preliminary_passed_on": date(2026, 3, 2),
        "trial_started_on": date(2026, 4, 1),
        "trial_ended_on": date(2026, 7, 15),
        "test_report": "CP-2026-017",
        "test_report_covers": tuple(ReportSubject),
        "guidance_recorded": True,
        "archive_check_passed": True,
        "final_materials": tuple(FinalMaterial),
        "knowledge_age_minutes": 0,
        "external_experts": 3,
        "votes_in_favour": 3,
        "mobile_declared": MobileScope.NONE,
        "lists_promised": (),
        "vetoes": dict.fromkeys(Veto, "clear"),
        "indicators": 1,
        "xinchuang_verdict": Verdict.PASS,
        "xinchuang_compared": True,
        "opinion_on_file": True,
    }

    stage: AcceptanceStage = Field(title="验收环节")
    held_on: IsoDate | None = Field(default=None, title="会议日期；空表示尚未召开")
    kind: ProjectKind = Field(default=ProjectKind.NEW, title="项目类型")
    track: Track = Field(title="管理方式")
    amount_yuan: MoneyYuan = Field(title="投资额（元）")
    approved: bool = Field(default=False, title="截至该环节当日已立项")
    approved_on: IsoDate | None = Field(default=None, title="立项批复日期")
    filing_status: FilingStatus = Field(default=FilingStatus.NONE, title="报备状态")
    internal_review_on: IsoDate | None = Field(
        default=None, title="报备的最早内部技术审查论证日期；空表示没有报备或不知道"
    )
    declared_on: IsoDate | None = Field(default=None, title="项目申报日期；空表示不知道")
    excluded: tuple[FilingCondition, ...] | None = Field(
        default=None,
        title="报备时声明、报备未认定规范且无有效例外的不得立项实施情形；空表示不知道",
    )
    unfiled_changes: Count = Field(default=0, title="未报备的变更数")
    contracts: Count = Field(default=0, title="已备案的项目建设（服务）合同数")
    goods_only: bool = Field(default=False, title="项目合同的标的均为货物")
    goods_free_ops: tuple[FreeOperations, ...] = Field(
        default=(), title="标的登记为货物的合同约定的免费运维期"
    )
    no_contract_reason: str | None = Field(default=None, title="没有合同的理由")
    awarded_on: IsoDate | None = Field(
        default=None, title="项目建设（服务）合同最早的中标通知书日期；空表示没有登记"
    )
    completed_on: IsoDate | None = Field(default=None, title="已登记的建设完成日期")
    earliest_on: IsoDate | None = Field(
        default=None, title="按立项批复或内部审查、中标日期，项目最早可以实施的日期；空表示不知道"
    )
    contract_terms: tuple[ContractTerm, ...] = Field(
        default=(), title="项目建设（服务）合同的工期；截止日未知的不列"
    )
    funds_yuan: MoneyYuan | None = Field(
        default=None, title="批复、报备或预算金额，经变更报备后（元）；空表示同投资额"
    )
    contracted_yuan: MoneyYuan = Field(default=Decimal(0), title="已登记合同金额合计（元）")
    contracts_without_amount: Count = Field(default=0, title="金额未知的合同数")
    uncontracted_yuan: MoneyYuan = Field(
        default=Decimal(0), title="已说明理由的无合同支付金额合计（元）"
    )
    uncontracted_reasons: tuple[str, ...] = Field(default=(), title="各笔无合同支付的内容和理由")
    settled_yuan: MoneyYuan | None = Field(default=None, title="实际支付（结算）金额（元）")
    content_changed: bool = Field(default=False, title="立项批复（备案）以来调整过建设内容")
    plans: tuple[ImplementationPlan, ...] = Field(default=(), title="已上传的实施计划")
    plans_not_applicable: dict[ImplementationPlan, str] = Field(
        default_factory=dict, title="声明不适用的实施计划及理由"
    )
    participants: tuple[ParticipantRole, ...] = Field(default=(), title="参加初验的角色")
    in_several_roles: tuple[str, ...] = Field(
        default=(), title="以不止一种身份参加初验的人员及其身份"
    )
    roles_of_others: tuple[ParticipantRole, ...] = Field(
        default=(), title="参加初验而无人来自项目单位或者合同所列单位的角色"
    )
    supervision_contracted: bool = Field(default=False, title="合同约定了监理单位")
    without_supervisor: bool = Field(default=False, title="声明未聘请监理单位")
    must_fix_open: Count = Field(default=0, title="初验整改清单未完成项")
    must_fix_explained: Count = Field(default=0, title="初验整改清单未完成项中已书面说明的")
    preliminary_passed_on: IsoDate | None = Field(default=None, title="初验通过日期")
    preliminary_waiver: str | None = Field(default=None, title="不开展初验的理由")
    trial_started_on: IsoDate | None = Field(default=None, title="试运行开始日期")
    trial_ended_on: IsoDate | None = Field(default=None, title="试运行结束日期")
    trial_overrun_reason: str | None = Field(default=None, title="试运行超期说明")
    trial_waiver: str | None = Field(default=None, title="不开展试运行的理由")
    trial_problems_open: Count = Field(default=0, title="试运行问题记录未解决项")
    trial_problems_explained: Count = Field(default=0, title="试运行问题记录未解决项中已书面说明的")
    test_report: str | None = Field(default=None, title="第三方测评报告编号")
    test_report_covers: tuple[ReportSubject, ...] = Field(default=(), title="测评报告涵盖的内容")
    early_reports: tuple[str, ...] = Field(
        default=(), title="早于项目最早可以实施的日期、不计入的测评报告编号"
    )
    reports_without_file: tuple[str, ...] = Field(
        default=(), title="未附测评报告文件、不计入的测评报告编号"
    )
    own_reports: tuple[str, ...] = Field(
        default=(), title="由项目单位、承建或监理单位出具，不属于第三方、不计入的测评报告编号"
    )
    guidance_recorded: bool = Field(default=False, title="区数据局指导记录")
    archive_check_passed: bool = Field(default=False, title="档案验收已通过")
    final_materials: tuple[FinalMaterial, ...] = Field(default=(), title="已上传的终验材料")
    late_materials: tuple[str, ...] = Field(
        default=(), title="终验会日期之后才登记的终验材料及其文件名"
    )
    lots: Count = Field(default=0, title="标段数，即已登记的合同数")
    lots_not_accepted: tuple[str, ...] = Field(default=(), title="尚未验收合格的标段的承建单位")
    external_experts: Count = Field(default=0, title="外部专家人数")
    repeated_experts: tuple[str, ...] = Field(default=(), title="在专家组中重复列出的姓名")
    insiders: tuple[str, ...] = Field(
        default=(), title="代表各方参加过初验、不计入外部专家的人员及其身份"
    )
    votes_in_favour: Count | None = Field(default=None, title="外部专家赞成票；空表示尚未表决")
    unsigned_experts: tuple[str, ...] = Field(default=(), title="未在终验意见上签字的专家")
    silent_dissent: tuple[str, ...] = Field(default=(), title="不赞成而未载明不同意见的专家")
    opinion_on_file: bool = Field(default=False, title="已上传签署的初步验收意见或终验意见")
    resolution_on_file: bool = Field(default=False, title="已上传专家组决议不通过的书面决议")
    mobile_declared: MobileScope | None = Field(
        default=None, title="预审时声明的移动端建设内容；空表示不知道"
    )
    mobile_found: MobileOutcome | None = Field(
        default=None, title="终验核查的移动端情况；空表示尚未核查"
    )
    lists_promised: tuple[PreReviewMaterial, ...] | None = Field(
        default=None, title="预审时有内容的数据清单和数字资产目录；空表示不知道"
    )
    lists_compared: tuple[PreReviewMaterial, ...] = Field(
        default=(), title="终验已对照核查的数据清单和数字资产目录"
    )
    xinchuang_verdict: Verdict | None = Field(
        default=None, title="区委办对密码应用方案和信创要求的会审结论；空表示不知道"
    )
    xinchuang_opinion: str | None = Field(default=None, title="区委办的会审意见")
    xinchuang_compared: bool = Field(
        default=False, title="终验已对照区委办会审意见核查信创技术路线"
    )
    indicators: Count | None = Field(
        default=0,
        title="已登记的主要技术、效率指标数；空表示会议召开时系统尚未要求登记",
    )
    indicators_unanswered: tuple[str, ...] = Field(
        default=(), title="终验尚未逐项认定的主要技术、效率指标"
    )
    indicators_unmet: tuple[str, ...] = Field(
        default=(), title="终验认定未达到的主要技术、效率指标"
    )
    indicators_after_failed_on: IsoDate | None = Field(
        default=None, title="首次登记主要技术、效率指标以前终验不合格的日期；空表示没有"
    )
    issues_open: tuple[str, ...] = Field(
        default=(), title="尚未作出书面说明的重大问题、尚未解决的法律纠纷"
    )
    issues_explained: tuple[str, ...] = Field(default=(), title="已书面说明、尚未解决的重大问题")
    untrue_documents: tuple[str, ...] = Field(
        default=(), title="登记为不真实、区数据局尚未核实处理的竣工验收文件材料"
    )
    unapproved_changes: tuple[str, ...] = Field(
        default=(), title="立项批复之后报备、未经区数据局批准的建设内容、规模或金额变更"
    )
    vetoes: dict[Veto, VetoAnswer] = Field(default_factory=dict, title="九种不得通过情形的结论")
    rectify_by: IsoDate | None = Field(default=None, title="本次终验意见载明的整改期限")
    previous_failed_on: IsoDate | None = Field(default=None, title="上一次终验不合格的日期")
    not_rectified: tuple[Veto, ...] = Field(
        default=(), title="上一次终验认定、尚无整改记录的不得通过情形"
    )
    previous_rectify_by: IsoDate | None = Field(default=None, title="上一次终验意见载明的整改期限")


class OperationFacts(Facts):
    """What is on record of a project in operation (Arts 30, 32, 33)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "operator": "区大数据中心",
        "user_unit": "区教育局",
        "operation_rules": "系统运行维护管理制度.docx",
        "security_rules": "网络安全管理制度.docx",
        "security_body": "信息科",
        "security_officer": "李四",
        "security_funds_yuan": Decimal("50000.00"),
        "measures": tuple(SecurityMeasure),
    }

    operator: str | None = Field(default=None, title="运行单位")
    user_unit: str | None = Field(default=None, title="使用单位")
    operation_rules: str | None = Field(default=None, title="运行维护管理制度")
    security_rules: str | None = Field(default=None, title="网络安全管理制度")
    security_body: str | None = Field(default=None, title="网络安全责任部门")
    security_officer: str | None = Field(default=None, title="网络安全责任人员")
    security_funds_yuan: MoneyYuan | None = Field(
        default=None, title="网络安全专项经费（元）；空表示尚未登记"
    )
    measures: tuple[SecurityMeasure, ...] = Field(default=(), title="已落实的网络安全措施")
    outsourced: bool = Field(default=False, title="技术服务外包")
    outsourcing_rules: str | None = Field(default=None, title="技术服务外包网络安全管理制度")
    outsourcing_assessed_on: IsoDate | None = Field(default=None, title="外包网络安全风险评估日期")


class EvaluationFacts(Facts):
    """One part of a project's performance evaluation (Arts 21, 23, 24)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "part": EvaluationPart.FINANCE,
        "evaluated_on": date(2026, 8, 3),
        "accepted_on": date(2025, 7, 1),
        "self_evaluation": tuple(SelfEvaluationPart),
        "self_evaluation_report": True,
        "self_evaluated_on": date(2026, 5, 6),
        "rectified_on": date(2026, 6, 1),
        "experts": 2,
        "agencies": 1,
        "dimensions": tuple(EvaluationDimension),
        "evaluation_report": True,
    }

    part: EvaluationPart = Field(title="自评或财政评价")
    evaluated_on: IsoDate | None = Field(default=None, title="评价日期；空表示尚未评价")
    accepted_on: IsoDate | None = Field(default=None, title="终验合格日期")
    in_service_since: IsoDate | None = Field(
        default=None, title="开始提供服务的日期；已报停用的为空"
    )
    self_evaluation: tuple[SelfEvaluationPart, ...] = Field(default=(), title="自评报告的内容")
    self_evaluation_report: bool = Field(default=False, title="已上传自评估报告")
    self_evaluated_on: IsoDate | None = Field(default=None, title="项目单位自评日期")
    rectified_on: IsoDate | None = Field(default=None, title="自评后完成整改的日期")
    experts: Count = Field(default=0, title="工作组专家人数，同一人只计一次，项目单位人员不计")
    agencies: Count = Field(
        default=0, title="工作组第三方机构数，项目单位和承建、监理单位不属于第三方、不计"
    )
    repeated_members: tuple[str, ...] = Field(
        default=(), title="在工作组中重复列出的专家和第三方机构"
    )
    members_not_counted: tuple[str, ...] = Field(
        default=(), title="不计入的项目单位人员和不属于第三方的机构"
    )
    members_involved: tuple[str, ...] = Field(
        default=(), title="参与过本项目或者有双重身份的工作组成员及其身份"
    )
    dimensions: tuple[EvaluationDimension, ...] = Field(default=(), title="已评价的方面")
    evaluation_report: bool = Field(default=False, title="已上传绩效评价报告")
