"""第28条 ……未经变更报备的项目不得组织项目验收。

Changes, filings, approvals, contracts and archive checks are known from other services' events.
While what is known is incomplete or too old, nobody can say that nothing forbids a meeting (0004).
"""

from govproject import AcceptanceFacts, Findings, block, rule
from govproject_acceptance.rules.requirements import MEETINGS


@rule("acceptance", article="28", clause="2", quote="未经变更报备的项目不得组织项目验收")
def acceptance_knowledge_is_complete(facts: AcceptanceFacts) -> Findings:
    """Every event about the project has been taken in; one that waits may be an unfiled change.

    >>> facts = AcceptanceFacts.example(backlog=1)
    >>> [finding.fact for finding in acceptance_knowledge_is_complete(facts)]
    [{'backlog': 1}]
    """
    if facts.stage in MEETINGS and facts.backlog:
        yield block(
            f"该项目有{facts.backlog}条管理信息尚未处理，无法确认有无未报备的变更，"
            f"暂不能组织{facts.stage.zh}。",
            remedy="请稍后重试；如持续出现，请联系区数据局运维人员处理搁置的事件。",
            backlog=facts.backlog,
        )


@rule("acceptance", article="28", clause="2", quote="未经变更报备的项目不得组织项目验收")
def acceptance_knowledge_is_current(facts: AcceptanceFacts) -> Findings:
    """What is known of intake, review and archive is recent enough to decide on.

    >>> facts = AcceptanceFacts.example(knowledge_age_minutes=1441)
    >>> [finding.rule for finding in acceptance_knowledge_is_current(facts)]
    ['acceptance_knowledge_is_current']
    """
    age = facts.knowledge_age_minutes
    if facts.stage in MEETINGS and (age is None or age > facts.knowledge_max_age_minutes):
        yield block(
            f"项目管理信息尚未同步或已过期，无法确认有无未报备的变更，暂不能组织{facts.stage.zh}。",
            remedy="请稍后重试；长时间未恢复的，请联系区数据局运维人员检查各服务的同步情况。",
            knowledge_age_minutes=age,
            knowledge_max_age_minutes=facts.knowledge_max_age_minutes,
        )
