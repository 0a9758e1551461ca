"""第26条 （报备制项目）具有以下情形之一的，原则上不得立项实施。（一）……（五）……

The rules have the names under which intake asks them at filing, so that an exception the bureau
recorded there lifts the same refusal here, and shows. A change that moves a filed project to the
full-process track takes it out of this article's reach.
"""

from govproject import AllocationFacts, Findings, block, rule
from govproject.terms import FilingCondition, ReliefKind, Track


@rule(
    "allocation",
    article="26",
    clause="（一）",
    quote="不符合省、市、区统一规划，存在重复建设的",
    relief=ReliefKind.EXCEPTION,
)
def filing_duplicate(facts: AllocationFacts) -> Findings:
    """Not in line with planning, or built twice.

    >>> facts = AllocationFacts.example(track="filing", filing_conditions=["duplicate"])
    >>> [finding.relief.value for finding in filing_duplicate(facts)]
    ['exception']
    """
    yield from _declared(facts, FilingCondition.DUPLICATE)


@rule(
    "allocation",
    article="26",
    clause="（二）",
    quote="未使用全区共建共享的信息资源，包括电子政务网络、政务云等",
    relief=ReliefKind.EXCEPTION,
)
def filing_no_shared_resources(facts: AllocationFacts) -> Findings:
    """Does not use the shared network, cloud and so on.

    >>> filing_no_shared_resources(AllocationFacts.example())
    ()
    """
    yield from _declared(facts, FilingCondition.NO_SHARED_RESOURCES)


@rule(
    "allocation",
    article="26",
    clause="（三）",
    quote="未按要求编制数据目录、共享数据或重复采集数据的",
    relief=ReliefKind.EXCEPTION,
)
def filing_no_data_catalogue(facts: AllocationFacts) -> Findings:
    """No data catalogue, no sharing, or data collected twice.

    >>> filing_no_data_catalogue(AllocationFacts.example())
    ()
    """
    yield from _declared(facts, FilingCondition.NO_DATA_CATALOGUE)


@rule(
    "allocation",
    article="26",
    clause="（四）",
    quote="不符合国家、省、市、区网络和数据安全政策及要求的",
    relief=ReliefKind.EXCEPTION,
)
def filing_security(facts: AllocationFacts) -> Findings:
    """Network or data security policy is not met.

    >>> filing_security(AllocationFacts.example())
    ()
    """
    yield from _declared(facts, FilingCondition.SECURITY)


@rule(
    "allocation",
    article="26",
    clause="（五）",
    quote="不符合国家、省、市、区密码及信创政策及要求的",
    relief=ReliefKind.EXCEPTION,
)
def filing_crypto_xinchuang(facts: AllocationFacts) -> Findings:
    """Cryptography or Xinchuang policy is not met.

    >>> filing_crypto_xinchuang(AllocationFacts.example())
    ()
    """
    yield from _declared(facts, FilingCondition.CRYPTO_XINCHUANG)


def _declared(facts: AllocationFacts, condition: FilingCondition) -> Findings:
    if facts.track is Track.FILING and condition in facts.filing_conditions:
        yield block(
            f"项目报备时声明存在“{condition.zh}”的情形，原则上不得立项实施。",
            remedy="请整改后更正报备；确需实施的，向区数据局申请例外并附书面依据。",
            condition=condition.value,
        )
