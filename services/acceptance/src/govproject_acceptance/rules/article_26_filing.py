"""第26条 采取报备管理的项目……具有以下情形之一的，原则上不得立项实施。

原则上: an exception that the bureau recorded for a condition lifts it; a regular filing has none
open.
"""

from govproject import AcceptanceFacts, Findings, block, rule, warn
from govproject.terms import Track


@rule("acceptance", article="26", clause="2", quote="具有以下情形之一的，原则上不得立项实施")
def no_building_in_an_excluded_case(facts: AcceptanceFacts) -> Findings:
    """Who declares a condition does not begin, and what was built with one is not accepted.

    A filing whose declarations nobody here knows is only pointed out.

    >>> facts = AcceptanceFacts.example(track="filing", stage="kick_off", excluded=["duplicate"])
    >>> [finding.fact for finding in no_building_in_an_excluded_case(facts)]
    [{'conditions': ['duplicate']}]
    """
    if facts.track is not Track.FILING:
        return
    if facts.excluded is None:
        yield warn(
            "没有收到项目报备时对五种不得立项实施情形的声明。",
            remedy="请核对项目报备时的声明；存在上述情形的，请先整改或申请例外。",
            conditions=None,
        )
    elif facts.excluded:
        named = "；".join(condition.zh for condition in facts.excluded)
        yield block(
            f"项目报备时声明存在“{named}”的情形，原则上不得立项实施，不能办理{facts.stage.zh}。",
            remedy="请整改后更正报备；确需实施的，先向区数据局申请例外并附书面依据。",
            conditions=[condition.value for condition in facts.excluded],
        )
