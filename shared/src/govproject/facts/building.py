"""What the gates of contract, construction and change see (Arts 6, 10, 13-18, 25, 28, 31, 33)."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from pydantic import Field

from govproject.facts.base import Facts
from govproject.facts.declaring import RelatedProject
from govproject.fields import (
    Count,
    IsoDate,
    MoneyYuan,
    Year,
)
from govproject.terms import (
    ChangeAspect,
    ConfidentialityNeed,
    ConstructionStep,
    ContractClause,
    ContractSubject,
    FilingCondition,
    FilingStatus,
    MaintenanceItem,
    Party,
    ProcurementMethod,
    ProjectKind,
    Track,
)


class ContractFacts(Facts):
    """A contract as its unit records it (Arts 6, 10, 13, 18, 25, 31, 33)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "kind": ProjectKind.NEW,
        "track": Track.FULL_PROCESS,
        "approval_number": "亭数批〔2026〕12号",
        "approved_on": date(2026, 6, 30),
        "internal_review_record": True,
        "award_notice_on": date(2026, 7, 15),
        "clauses": dict.fromkeys(ContractClause, "第3页"),
        "maintenance": dict.fromkeys(MaintenanceItem, "第5页"),
        "free_ops_months": 24,
        "confidentiality_need": ConfidentialityNeed.NEEDED,
        "nda_signed_on": date(2026, 7, 20),
        "budget_yuan": Decimal(1200000),
        "amount_yuan": Decimal(1100000),
        "approved_yuan": Decimal(1200000),
        "fiscal_report": "亭财评〔2026〕7号",
        "evaluated_yuan": Decimal(1200000),
        "ends_on": date(2026, 12, 31),
        "listed": ("张三", "李四"),
        "contract_text": True,
        "award_notice": True,
    }

    kind: ProjectKind = Field(title="项目类型")
    track: Track = Field(title="管理方式")
    approval_number: str | None = Field(default=None, title="立项批复文号；空表示尚未批复")
    approved_on: IsoDate | None = Field(default=None, title="立项批复日期；空表示未知")
    internal_review_on: IsoDate | None = Field(
        default=None,
        title="报备的最早内部技术审查论证日期；空表示未报备或报备信息不规范",
    )
    internal_review_record: bool | None = Field(
        default=False, title="报备附有内部技术审查及论证记录；空表示认定规范时尚未要求上传"
    )
    excluded: tuple[FilingCondition, ...] = Field(
        default=(), title="报备声明存在、未经认定也未获例外的不得立项实施情形"
    )
    project_name: str = Field(default="", title="项目名称")
    plan_year: Year | None = Field(default=None, title="计划年度")
    related: tuple[RelatedProject, ...] = Field(default=(), title="关联项目")
    accepted_before: bool = Field(default=False, title="报备曾经认定规范")
    accepted_on: IsoDate | None = Field(default=None, title="终验合格日期；空表示尚未通过终验")
    award_notice_on: IsoDate | None = Field(default=None, title="中标通知书日期")
    subject: ContractSubject = Field(default=ContractSubject.CONSTRUCTION, title="合同标的")
    unit: str = Field(default="", title="项目单位")
    contractor: str | None = Field(default=None, title="合同承建（供应、服务）单位")
    supervisor: str | None = Field(default=None, title="合同监理单位")
    building: tuple[str, ...] = Field(default=(), title="本项目其他有效合同的承建单位")
    supervising: tuple[str, ...] = Field(default=(), title="本项目其他有效合同的监理单位")
    clauses: dict[ContractClause, str] = Field(title="五项必备条款及其在合同中的位置")
    procurement_method: ProcurementMethod | None = Field(default=None, title="采购方式")
    procurement_reason: str | None = Field(default=None, title="未公开招标的理由")
    contract_text: bool = Field(default=False, title="已上传合同文本")
    award_notice: bool = Field(default=False, title="已上传中标（成交）通知书")
    maintenance: dict[MaintenanceItem, str] = Field(title="运维约定及其在合同中的位置")
    free_ops_months: Count = Field(title="免费运维期（月）")
    confidentiality_need: ConfidentialityNeed | None = Field(title="保密需要；空表示未作声明")
    nda_signed_on: IsoDate | None = Field(default=None, title="安全保密协议签订日期")
    outsourced: bool | None = Field(default=None, title="属于技术服务外包；空表示未作说明")
    security_clause: str | None = Field(default=None, title="网络安全责任和要求条款在合同中的位置")
    ends_on: IsoDate | None = Field(default=None, title="合同工期截止日")
    listed: tuple[str, ...] = Field(default=(), title="投标文件或合同所列人员")
    amount_yuan: MoneyYuan = Field(title="合同金额（元）")
    contracted_yuan: MoneyYuan = Field(default=Decimal(0), title="此前各合同金额合计（元）")
    budget_yuan: MoneyYuan | None = Field(default=None, title="项目预算金额（元）")
    prepared_yuan: MoneyYuan = Field(
        default=Decimal(0), title="此前各前期或配套合同（批复或论证前中标的）金额合计（元）"
    )
    services_yuan: MoneyYuan = Field(default=Decimal(0), title="此前各服务合同金额合计（元）")
    service_note: str | None = Field(default=None, title="服务合同不属于建设的说明")
    approved_yuan: MoneyYuan | None = Field(
        default=None, title="批复、报备或变更报备后的金额（元）；空表示尚未批复"
    )
    fiscal_report: str | None = Field(default=None, title="财评报告文号；空表示没有财评报告")
    evaluated_yuan: MoneyYuan | None = Field(
        default=None, title="财评审定金额（元）；空表示没有财评报告或金额未知"
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
    signer: str | None = Field(default=None, title="本次签字人")
    signers: dict[Party, str] = Field(default={}, title="此前已签字的各方及其签字人")
    expert_reviewed_on: IsoDate | None = Field(default=None, title="专家评审确认日期")
    replaced: str | None = Field(default=None, title="被更换的人员")
    joining: str | None = Field(default=None, title="接替的人员")
    listed: tuple[str, ...] = Field(default=(), title="投标文件或合同所列人员")


class ChangeFacts(Facts):
    """A change as it is determined, approved by the bureau, or filed (Arts 10, 18, 28)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "track": Track.FULL_PROCESS,
        "approval_number": "亭数批〔2026〕12号",
        "begun": True,
        "planned": True,
        "aspects": (ChangeAspect.AMOUNT,),
        "change_document": "亭数批〔2026〕30号",
        "amount_yuan": Decimal(1200000),
        "new_amount_yuan": Decimal(1250000),
        "fiscal_report": "亭财评〔2026〕7号",
        "evaluated_yuan": Decimal(1300000),
    }

    track: Track = Field(title="管理方式")
    approval_number: str | None = Field(title="立项批复文号；空表示尚未批复")
    aspects: tuple[ChangeAspect, ...] = Field(title="变更事项")
    change_document: str | None = Field(title="区数据局批准变更的文号；空表示尚未批准")
    begun: bool = Field(default=False, title="全过程管理已经开始，金额减少也不改为报备制")
    planned: bool = Field(default=False, title="已列入年度计划")
    filing_status: FilingStatus = Field(default=FilingStatus.NONE, title="报备状态")
    determining: bool = Field(default=False, title="项目单位确定变更事项时判断")
    approving: bool = Field(default=False, title="由区数据局审批变更时判断")
    accepted_on: IsoDate | None = Field(
        default=None, title="终验合格日期；空表示尚未通过终验，或者变更此前已报备"
    )
    amount_yuan: MoneyYuan = Field(title="变更前金额（元）")
    new_amount_yuan: MoneyYuan | None = Field(default=None, title="变更后金额（元）")
    sibling_budgets_yuan: tuple[MoneyYuan, ...] = Field(
        default=(), title="同一单位同一年度其他报备制项目预算（元）"
    )
    namesake_budgets_yuan: tuple[MoneyYuan, ...] = Field(
        default=(), title="同一单位各年度同名或同一系统、尚未终验的其他报备制项目预算（元）"
    )
    fiscal_report: str | None = Field(default=None, title="财评报告文号；空表示没有财评报告")
    evaluated_yuan: MoneyYuan | None = Field(
        default=None, title="财评审定金额，没有记录的为批复金额（元）"
    )
