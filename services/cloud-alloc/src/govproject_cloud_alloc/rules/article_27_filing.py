"""第27条 项目验收前，项目单位应在市级政务信息化项目管理系统报备有关信息，实现统一管理。

未在市级政务信息化项目管理系统报备或报备信息不规范的，区数据局可不予分配基础设施资源。

The article stands in Chapter 5, so it speaks of the filing track. 可 leaves the choice to the
bureau: the gate refuses, and only a recorded decision of the bureau lifts that.
"""

from govproject import AllocationFacts, Findings, block, rule
from govproject.terms import FilingStatus, ReliefKind, Track

_REMEDY = {
    FilingStatus.NONE: (
        "请提交报备（内部技术审查及论证、第26条五项声明），经区数据局认定规范后重新申请。"
    ),
    FilingStatus.SUBMITTED: "请等待区数据局认定报备是否规范，认定后重新申请。",
    FilingStatus.IRREGULAR: "请按区数据局指出的问题更正报备，经认定规范后重新申请。",
}


@rule(
    "allocation",
    article="27",
    clause="2",
    quote="未在市级政务信息化项目管理系统报备或报备信息不规范的，区数据局可不予分配基础设施资源",
    relief=ReliefKind.BUREAU_DECISION,
)
def unfiled_may_refuse_resource(facts: AllocationFacts) -> Findings:
    """On the filing track, only a filing found regular opens the gate.

    >>> facts = AllocationFacts.example(track="filing", filing_status="irregular")
    >>> [finding.message for finding in unfiled_may_refuse_resource(facts)]
    ['项目报备信息不规范，不予分配基础设施资源。']
    """
    if facts.track is not Track.FILING or facts.filing_status is FilingStatus.ACCEPTED:
        return
    found = {
        FilingStatus.NONE: "项目未在市级政务信息化项目管理系统报备",
        FilingStatus.SUBMITTED: "项目报备尚未经区数据局认定规范",
        FilingStatus.IRREGULAR: "项目报备信息不规范",
    }[facts.filing_status]
    yield block(
        f"{found}，不予分配基础设施资源。",
        remedy=_REMEDY[facts.filing_status],
        filing_status=facts.filing_status.value,
        problems=list(facts.filing_problems),
    )
