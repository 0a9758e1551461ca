"""第25条 评估结果为差的项目单位，此项目的关联项目在下一年度将不予立项。

Intake asks at the plan; a result, or a link, that comes after it is asked about here. The year is
that of the plan which the project is declared for; none is presumed where it was not kept.
"""

from govproject import ApprovalFacts, Findings, block, rule, warn
from govproject.regulation.related import poor_before


@rule(
    "approval",
    article="25",
    clause="3",
    quote="评估结果为差的项目单位，此项目的关联项目在下一年度将不予立项",
)
def poor_no_related_approval(facts: ApprovalFacts) -> Findings:
    """Nothing is approved for the year after a project on its system was found poor.

    Nor while the bureau has not decided on a link that was found by the system's name.

    >>> poor = {"grade": "poor", "evaluated_on": "2025-06-30"}
    >>> related = [{"project_name": "智慧校园", "results": [poor]}]
    >>> [f.message for f in poor_no_related_approval(ApprovalFacts.example(related=related))]
    ['关联项目“智慧校园”2025年度评估结果为差，2026年度不予立项。']
    """
    year = facts.plan_year or facts.plan_year_adopted or facts.today.year
    yield from poor_before(year, facts.related)
    if facts.plan_year is None:
        yield warn(
            "项目申报时评审系统尚未记录关联项目，未能完整核对关联项目的评估结果。",
            remedy="请区数据局核对项目的关联项目及其上一年度评估结果后再批准。",
            plan_year=None,
        )


@rule(
    "approval",
    article="25",
    clause="3",
    quote="评估结果为差的项目单位，此项目的关联项目在下一年度将不予立项",
)
def related_knowledge_is_complete(facts: ApprovalFacts) -> Findings:
    """Nothing is approved while an event about a related project waits: it may be a poor result.

    >>> [f.fact for f in related_knowledge_is_complete(ApprovalFacts.example(related_backlog=1))]
    [{'related_backlog': 1}]
    """
    if facts.related_backlog:
        yield block(
            f"关联项目（含待确认关联的）有{facts.related_backlog}条管理信息尚未处理，"
            "无法确认其评估结果。",
            remedy="请稍后重试；如持续出现，请联系区数据局运维人员处理搁置的事件。",
            related_backlog=facts.related_backlog,
        )
