"""第28条 ……未经变更报备的项目不得组织项目验收。

Changes, filings, approvals, contracts and archive checks are known from other services' events.
While what is known is incomplete or too old, nobody can say that nothing forbids a meeting (0004).
"""

from govproject import AcceptanceFacts, Findings, rule
from govproject.regulation.told import incomplete, outdated
from govproject_acceptance.rules.requirements import MEETINGS


@rule("acceptance", article="28", clause="2", quote="未经变更报备的项目不得组织项目验收")
def acceptance_knowledge_is_complete(facts: AcceptanceFacts) -> Findings:
    """Every event about the project has been taken in; one that waits may be an unfiled change.

    >>> facts = AcceptanceFacts.example(backlog=1)
    >>> [finding.fact for finding in acceptance_knowledge_is_complete(facts)]
    [{'backlog': 1}]
    """
    if facts.stage in MEETINGS:
        yield from incomplete(facts.backlog, _so(facts))


@rule("acceptance", article="28", clause="2", quote="未经变更报备的项目不得组织项目验收")
def acceptance_knowledge_is_current(facts: AcceptanceFacts) -> Findings:
    """What is known of intake, review and archive is recent enough to decide on.

    >>> facts = AcceptanceFacts.example(knowledge_age_minutes=1441)
    >>> [finding.rule for finding in acceptance_knowledge_is_current(facts)]
    ['acceptance_knowledge_is_current']
    """
    if facts.stage in MEETINGS:
        yield from outdated(facts, _so(facts))


def _so(facts: AcceptanceFacts) -> str:
    return f"无法确认有无未报备的变更，暂不能组织{facts.stage.zh}"
