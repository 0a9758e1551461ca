"""Contracts, changes and building (Arts 12-17, 28, 31)."""

from govproject.terms.projects import ProjectKind
from govproject.terms.term import Term


class ChangeAspect(Term):
    """What a change touches (Arts 12, 28)."""

    CONTENT = "content", "建设内容"
    SCALE = "scale", "建设规模"
    AMOUNT = "amount", "建设金额"
    RESPONSIBILITY = "responsibility", "实施机构或项目责任人"

    @property
    def is_reviewed(self) -> bool:
        """Whether review and approval speak to it (Arts 9-11, 28): not to who is responsible.

        >>> [aspect.value for aspect in ChangeAspect if aspect.is_reviewed]
        ['content', 'scale', 'amount']
        """
        return self in (ChangeAspect.CONTENT, ChangeAspect.SCALE, ChangeAspect.AMOUNT)


class ContractClause(Term):
    """What every contract settles (Art 13)."""

    IP_OWNERSHIP = "ip_ownership", "知识产权归属"
    DATA_PROPERTY = "data_property", "数据产权"
    DATA_SECURITY = "data_security", "数据安全"
    CONFIDENTIALITY = "confidentiality", "保密要求"
    MAINTENANCE_YEARS = "maintenance_years", "维保年限"


class ContractSubject(Term):
    """What a contract is about (Arts 19, 31)."""

    CONSTRUCTION = "construction", "建设"
    SUPERVISION = "supervision", "监理"
    TEST = "test", "测评"
    GOODS = "goods", "货物"
    SERVICE = "service", "服务"

    def carries_out(self, kind: ProjectKind) -> bool:
        """Whether such a contract carries a project of that kind out: services do where it is one.

        >>> ContractSubject.SERVICE.carries_out(ProjectKind.NEW)
        False
        >>> ContractSubject.SERVICE.carries_out(ProjectKind.OPS)
        True
        """
        if self is ContractSubject.SERVICE:
            return kind.serves
        return self not in (ContractSubject.SUPERVISION, ContractSubject.TEST)


class ProcurementMethod(Term):
    """How a contract was procured (Art 12), in the terms of the law on government procurement."""

    OPEN_TENDER = "open_tender", "公开招标"
    INVITED_TENDER = "invited_tender", "邀请招标"
    COMPETITIVE_NEGOTIATION = "competitive_negotiation", "竞争性谈判"
    COMPETITIVE_CONSULTATION = "competitive_consultation", "竞争性磋商"
    INQUIRY = "inquiry", "询价"
    SINGLE_SOURCE = "single_source", "单一来源采购"
    FRAMEWORK_AGREEMENT = "framework_agreement", "框架协议采购"
    OTHER = "other", "其他方式（含限额标准以下自行采购）"


class QualityPhase(Term):
    """The three that quality is controlled in (Art 16)."""

    BEFOREHAND = "beforehand", "质量预控"
    ONGOING = "ongoing", "过程监控"
    AFTERWARDS = "afterwards", "事后验控"


class MaintenanceItem(Term):
    """What a construction contract says of maintenance (Art 31)."""

    SCOPE = "scope", "运维范围"
    PERIOD = "period", "运维期限"
    RESPONSIBILITY = "responsibility", "运维责任"


class ConfidentialityNeed(Term):
    """Whether a project has anything to keep confidential (Art 13)."""

    NONE = "none", "无保密需要"
    NEEDED = "needed", "有保密需要"


class ConstructionStep(Term):
    """What is asked about during construction (Arts 15, 17)."""

    SCHEDULE = "schedule", "进度计划"
    EXTENSION = "extension", "延期申请"
    EXTENSION_SIGNATURE = "extension_signature", "延期签字确认"
    EXTENSION_EFFECT = "extension_effect", "延期生效"
    PERSONNEL = "personnel", "人员变更申请"
    PERSONNEL_SIGNATURE = "personnel_signature", "人员变更签字确认"
    PERSONNEL_EFFECT = "personnel_effect", "人员变更生效"


class Party(Term):
    """The three who confirm an extension or a change of personnel (Arts 15, 17)."""

    UNIT = "unit", "项目单位"
    SUPERVISOR = "supervisor", "监理单位"
    CONTRACTOR = "contractor", "承建单位"
