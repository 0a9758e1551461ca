"""第26条 具有以下情形之一的，原则上不得立项实施。（一）……（五）……

采取报备管理的项目: the tender is the first step of carrying out that is seen here. 原则上: what an
exception lifts, or a filing found regular has settled, is no longer among the conditions.
"""

from govproject import Findings, TenderFacts, block, rule, warn
from govproject.terms import FilingStatus, Track

_HANDED_IN = (FilingStatus.SUBMITTED, FilingStatus.IRREGULAR)


@rule("tender", article="26", clause="2", quote="具有以下情形之一的，原则上不得立项实施")
def no_tender_in_an_excluded_case(facts: TenderFacts) -> Findings:
    """Who declares a condition tenders nothing before it is mended or an exception is granted.

    >>> facts = TenderFacts.example(track="filing", excluded=["duplicate"])
    >>> [finding.fact for finding in no_tender_in_an_excluded_case(facts)]
    [{'conditions': ['duplicate']}]
    """
    if facts.track is not Track.FILING:
        return
    if facts.excluded:
        named = "；".join(condition.zh for condition in facts.excluded)
        yield block(
            f"项目报备时声明存在“{named}”的情形，原则上不得立项实施，不得招标。",
            remedy="请整改后更正报备；确需实施的，先向区数据局申请例外并附书面依据。",
            conditions=[condition.value for condition in facts.excluded],
        )
    elif facts.excluded is None and facts.filing_status in _HANDED_IN:
        yield warn(
            "评审系统没有该项目报备声明的记录，未能核对是否存在不得立项实施的情形。",
            remedy="请项目单位核对报备声明；存在有关情形的，整改或取得例外后再招标。",
            conditions=None,
        )
