"""The states an intake record goes through, and the only steps between them. Pure."""

from enum import StrEnum

from govproject.steps import Steps
from govproject.terms import FilingStatus, LinkState, Term


class OrderState(Term):
    """A rectification order (Art 29)."""

    ORDERED = "ordered", "已责令整改"
    REPORTED = "reported", "已报告整改情况，待复查"
    FAILED = "failed", "整改不到位"
    CLEARED = "cleared", "整改完成"


class OrderGround(Term):
    """Why a rectification is ordered (Art 29)."""

    UNTRUE_FILING = "untrue_filing", "报备信息不实"
    IRREGULAR_CONSTRUCTION = "irregular_construction", "违规建设"


class ConfirmationSubject(StrEnum):
    """What the parties to a contract confirm (Arts 15, 17)."""

    EXTENSION = "extension"
    PERSONNEL = "personnel"


class ConfirmationState(Term):
    """Something that the parties to a contract confirm together (Arts 15, 17)."""

    OPEN = "open", "待各方确认"
    EFFECTIVE = "effective", "已生效"
    WITHDRAWN = "withdrawn", "已撤回"


class PlanState(Term):
    """A version of an annual plan (Art 5)."""

    DRAFT = "draft", "草案"
    CONSOLIDATED = "consolidated", "已汇总"
    PUBLISHED = "published", "已公布"


FILING_STEPS = Steps(
    thing="报备",
    article="27",
    following={
        (FilingStatus.NONE, "submit"): FilingStatus.SUBMITTED,
        (FilingStatus.SUBMITTED, "accept"): FilingStatus.ACCEPTED,
        (FilingStatus.SUBMITTED, "find_irregular"): FilingStatus.IRREGULAR,
        (FilingStatus.ACCEPTED, "find_irregular"): FilingStatus.IRREGULAR,
        (FilingStatus.ACCEPTED, "reopen"): FilingStatus.SUBMITTED,
        (FilingStatus.SUBMITTED, "correct"): FilingStatus.SUBMITTED,
        (FilingStatus.IRREGULAR, "correct"): FilingStatus.SUBMITTED,
    },
    named={
        "submit": "提交报备",
        "accept": "认定报备规范（区数据局）",
        "find_irregular": "认定报备信息不规范（区数据局）",
        "reopen": "变更报备",
        "correct": "更正报备",
    },
)

ORDER_STEPS = Steps(
    thing="整改",
    article="29",
    following={
        (OrderState.ORDERED, "report"): OrderState.REPORTED,
        (OrderState.REPORTED, "report"): OrderState.REPORTED,
        (OrderState.FAILED, "report"): OrderState.REPORTED,
        (OrderState.ORDERED, "fail"): OrderState.FAILED,
        (OrderState.REPORTED, "fail"): OrderState.FAILED,
        (OrderState.REPORTED, "clear"): OrderState.CLEARED,
    },
    named={
        "report": "报告整改情况并上传整改证明材料（项目单位）",
        "fail": "认定整改不到位（区数据局）",
        "clear": "认定整改完成（区数据局）",
    },
    instead={
        OrderState.CLEARED: "如又发现问题，请区数据局另行责令整改。",
    },
)

CONFIRMATION_STEPS = Steps(
    thing="延期或人员变更的确认",
    article="15、17",
    following={
        (ConfirmationState.OPEN, "sign"): ConfirmationState.OPEN,
        (ConfirmationState.OPEN, "review"): ConfirmationState.OPEN,
        (ConfirmationState.OPEN, "complete"): ConfirmationState.EFFECTIVE,
        (ConfirmationState.OPEN, "withdraw"): ConfirmationState.WITHDRAWN,
    },
    named={
        "sign": "签字确认",
        "review": "登记专家评审",
        "complete": "确认生效",
        "withdraw": "撤回申请",
    },
    instead={
        ConfirmationState.EFFECTIVE: "如需再次变更，请另行提出申请。",
        ConfirmationState.WITHDRAWN: "如仍需变更，请另行提出申请。",
    },
)

PLAN_STEPS = Steps(
    thing="本版年度计划",
    article="5",
    following={
        (PlanState.DRAFT, "draft"): PlanState.DRAFT,
        (PlanState.DRAFT, "consolidate"): PlanState.CONSOLIDATED,
        (PlanState.CONSOLIDATED, "draft"): PlanState.DRAFT,
        (PlanState.CONSOLIDATED, "publish"): PlanState.PUBLISHED,
    },
    named={
        "draft": "编入或移出项目（区数据局）",
        "consolidate": "汇总（区数据局）",
        "publish": "公布（区数据局）",
    },
    instead={
        PlanState.PUBLISHED: "如需追加项目，请区数据局起草新的一版并填写理由。",
    },
)

LINK_STEPS = Steps(
    thing="项目关联",
    article="25",
    following={
        (LinkState.PROPOSED, "confirm"): LinkState.CONFIRMED,
        (LinkState.PROPOSED, "dismiss"): LinkState.DISMISSED,
    },
    named={
        "confirm": "确认关联（区数据局）",
        "dismiss": "认定不关联（区数据局）",
    },
)
