"""第25条 评估结果为差的项目单位，此项目的关联项目在下一年度将不予立项。

On the full-process track the approval answers for it (Art 6), on the filing track the filing that
is found regular. What is left to ask here is of a project that a decision of the bureau lets go
without one (Art 27): it lifts that article and not this.
"""

from govproject import AllocationFacts, Findings, block, rule, warn
from govproject.regulation.related import poor_before
from govproject.terms import FilingStatus, Track


@rule(
    "allocation",
    article="25",
    clause="3",
    quote="评估结果为差的项目单位，此项目的关联项目在下一年度将不予立项",
)
def poor_no_related_resources(facts: AllocationFacts) -> Findings:
    """Nothing for what is not admitted because a project on its system was found poor.

    Nor while an event about such a project waits here: it may be a poor result.

    >>> poor = {"grade": "poor", "evaluated_on": "2025-06-30"}
    >>> related = [{"project_name": "智慧校园", "results": [poor]}]
    >>> filed = {"track": "filing", "approval_number": None, "filing_status": "submitted"}
    >>> facts = AllocationFacts.example(**filed, related=related)
    >>> [finding.message for finding in poor_no_related_resources(facts)]
    ['关联项目“智慧校园”2025年度评估结果为差，2026年度不予立项。']
    >>> poor_no_related_resources(facts.model_copy(update={"accepted_before": True}))
    ()
    """
    regular = facts.accepted_before or facts.filing_status is FilingStatus.ACCEPTED
    if facts.track is not Track.FILING or regular or facts.approval_number is not None:
        return
    yield from poor_before(facts.plan_year or facts.today.year, facts.related)
    if facts.related_backlog:
        yield block(
            f"关联项目（含待确认关联的）有{facts.related_backlog}条管理信息尚未处理，"
            "无法确认其评估结果。",
            remedy="请稍后重试；如持续出现，请联系区数据局运维人员处理搁置的事件。",
            related_backlog=facts.related_backlog,
        )
    if facts.plan_year is None:
        yield warn(
            "项目申报时资源分配服务尚未记录关联项目，未能完整核对关联项目的评估结果。",
            remedy="请区数据局核对项目的关联项目及其上一年度评估结果。",
            plan_year=None,
        )
