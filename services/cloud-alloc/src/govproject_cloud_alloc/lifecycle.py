"""The states of an allocation and of a suspension order, and the only steps between them. Pure."""

from govproject.steps import Steps
from govproject.terms import Term


class AllocationState(Term):
    """From the request to the return of the resources."""

    REFUSED = "refused", "不予分配"
    GRANTED = "granted", "已同意分配"
    ACTIVE = "active", "使用中"
    SUSPENDED = "suspended", "已暂停使用"
    RELEASED = "released", "已释放"


HELD = (AllocationState.GRANTED, AllocationState.ACTIVE, AllocationState.SUSPENDED)
"""The states in which an allocation counts against the plan."""


class SuspensionState(Term):
    """A proposed suspension (Art 29); `CLEARED` waits for the bureau to resume."""

    PROPOSED = "proposed", "待区数据局确认"
    CONFIRMED = "confirmed", "已暂停"
    CLEARED = "cleared", "整改已完成，待恢复"
    WITHDRAWN = "withdrawn", "已撤销"
    LIFTED = "lifted", "已恢复使用"


class IncidentSource(Term):
    """Who found a network-security hazard or incident (Art 32)."""

    SUPERIOR = "superior", "上级部门"
    DISTRICT = "district", "区网络安全主管部门"
    SELF = "self", "自主发现"


class DisposalItem(Term):
    """What is taken care of when a system is stopped or migrated (Art 34)."""

    DATA_HANDED_OVER = "data_handed_over", "业务数据导出或移交"
    DATA_WIPED = "data_wiped", "数据清除"
    ASSET_LEDGER_UPDATED = "asset_ledger_updated", "国有资产台账变更"
    SECURITY_CONTROLLED = "security_controlled", "全过程安全管控"


class StayGround(Term):
    """Why an existing system is not moved to the district cloud (Arts 2, 34)."""

    STANDALONE = "standalone", "国家明确规定必须单独建设"
    STOPPED = "stopped", "系统已停用"


ALLOCATION_STEPS = Steps(
    thing="资源申请",
    article="3",
    following={
        (AllocationState.REFUSED, "grant"): AllocationState.GRANTED,
        (AllocationState.REFUSED, "refuse"): AllocationState.REFUSED,
        (AllocationState.GRANTED, "activate"): AllocationState.ACTIVE,
        (AllocationState.GRANTED, "suspend"): AllocationState.SUSPENDED,
        (AllocationState.ACTIVE, "suspend"): AllocationState.SUSPENDED,
        (AllocationState.SUSPENDED, "resume"): AllocationState.ACTIVE,
        (AllocationState.GRANTED, "release"): AllocationState.RELEASED,
        (AllocationState.ACTIVE, "release"): AllocationState.RELEASED,
        (AllocationState.SUSPENDED, "release"): AllocationState.RELEASED,
    },
    named={
        "grant": "重新审查",
        "refuse": "重新审查",
        "activate": "启用",
        "suspend": "暂停使用",
        "resume": "恢复使用（区数据局）",
        "release": "释放资源",
    },
    instead={
        AllocationState.RELEASED: "如仍需资源，请重新申请。",
    },
)

SUSPENSION_STEPS = Steps(
    thing="暂停使用",
    article="29",
    following={
        (SuspensionState.PROPOSED, "confirm"): SuspensionState.CONFIRMED,
        (SuspensionState.PROPOSED, "clear"): SuspensionState.WITHDRAWN,
        (SuspensionState.CONFIRMED, "clear"): SuspensionState.CLEARED,
        (SuspensionState.CLEARED, "resume"): SuspensionState.LIFTED,
    },
    named={
        "confirm": "确认暂停（区数据局）",
        "clear": "认定整改完成（区数据局）",
        "resume": "恢复使用（区数据局）",
    },
)
