"""What several gates find of what other services told: it is incomplete or too old (0004).

The clauses differ, and with them what cannot be said; the rest of the sentences does not.
"""

from govproject.facts.base import ToldFacts
from govproject.regulation.findings import Findings, block


def incomplete(backlog: int, so: str) -> Findings:
    """Events about the project have arrived and not taken effect.

    Args:
        backlog: how many.
        so: what cannot be said while they wait, and what is not done.

    >>> [finding.message for finding in incomplete(2, "无法确认项目状态")]
    ['该项目有2条管理信息尚未处理，无法确认项目状态。']
    """
    if backlog:
        yield block(
            f"该项目有{backlog}条管理信息尚未处理，{so}。",
            remedy="请稍后重试；如持续出现，请联系区数据局运维人员处理搁置的事件。",
            backlog=backlog,
        )


def outdated(facts: ToldFacts, so: str) -> Findings:
    """What was told was never heard, or too long ago; `so` as above.

    >>> facts = ToldFacts.example(knowledge_age_minutes=1441)
    >>> [finding.message for finding in outdated(facts, "无法确认项目状态")]
    ['项目管理信息尚未同步或已过期，无法确认项目状态。']
    """
    age = facts.knowledge_age_minutes
    if age is None or age > facts.knowledge_max_age_minutes:
        yield block(
            f"项目管理信息尚未同步或已过期，{so}。",
            remedy="请稍后重试；长时间未恢复的，请联系区数据局运维人员检查各服务的同步情况。",
            knowledge_age_minutes=age,
            knowledge_max_age_minutes=facts.knowledge_max_age_minutes,
        )
