"""第26条 采取报备管理的项目由项目单位自行组织编制项目材料，组织内部技术审查及论证通过后实施。

具有以下情形之一的，原则上不得立项实施。（一）……（五）……

原则上: an exception recorded by the bureau lifts a condition; the five are separate rules so that
an exception is granted for one of them and not for all.
"""

from govproject import ContractFacts, FilingFacts, Findings, block, rule, warn
from govproject.terms import DeploymentTarget, FilingCondition, ReliefKind, Track


@rule(
    "filing",
    article="26",
    clause="1",
    quote="组织内部技术审查及论证通过后实施",
)
def filing_internal_review(facts: FilingFacts) -> Findings:
    """The unit's own technical review comes first, and its record shows it.

    What was found regular before the record was asked for is only reminded of it.

    >>> from datetime import date
    >>> tomorrow = FilingFacts.example(internal_review_on=date(2026, 8, 4))
    >>> [finding.rule for finding in filing_internal_review(tomorrow)]
    ['filing_internal_review']
    >>> unrecorded = FilingFacts.example(internal_review_record=False)
    >>> [finding.message for finding in filing_internal_review(unrecorded)]
    ['报备材料缺少单位内部技术审查及论证记录。']
    """
    reviewed_on = facts.internal_review_on
    if reviewed_on is None:
        yield block(
            "项目尚未通过单位内部技术审查及论证。",
            remedy="请先组织内部技术审查及论证，并填写通过日期。",
            internal_review_on=None,
        )
    elif reviewed_on > facts.today:
        yield block(
            f"填写的内部技术审查论证日期{reviewed_on}尚未到来，项目尚未通过审查及论证。",
            remedy="请核对日期；审查论证通过后，按实际日期更正报备。",
            internal_review_on=reviewed_on.isoformat(),
        )
    if facts.internal_review_record is None:
        yield warn(
            "报备此前已认定规范，当时未要求上传单位内部技术审查及论证记录。",
            remedy="请项目单位在下一次更正报备时补充上传。",
            internal_review_record=None,
        )
    elif not facts.internal_review_record:
        yield block(
            "报备材料缺少单位内部技术审查及论证记录。",
            remedy="请上传内部技术审查及论证记录，随报备提交；已提交报备的，通过报备更正补充。",
            internal_review_record=False,
        )


@rule(
    "filing",
    article="26",
    clause="（一）",
    quote="不符合省、市、区统一规划，存在重复建设的",
    relief=ReliefKind.EXCEPTION,
)
def filing_duplicate(facts: FilingFacts) -> Findings:
    """Not in line with planning, or built twice.

    >>> [f.relief.value for f in filing_duplicate(FilingFacts.example(conditions=["duplicate"]))]
    ['exception']
    """
    yield from _declared(facts, FilingCondition.DUPLICATE)


@rule(
    "filing",
    article="26",
    clause="（二）",
    quote="未使用全区共建共享的信息资源，包括电子政务网络、政务云等",
    relief=ReliefKind.EXCEPTION,
)
def filing_no_shared_resources(facts: FilingFacts) -> Findings:
    """Does not use the shared network, cloud and so on; where it runs speaks for itself.

    >>> facts = FilingFacts.example(deployment_target="elsewhere")
    >>> [finding.fact for finding in filing_no_shared_resources(facts)]
    [{'condition': 'no_shared_resources', 'deployment_target': 'elsewhere'}]
    """
    condition = FilingCondition.NO_SHARED_RESOURCES
    yield from _declared(facts, condition)
    apart = facts.deployment_target is DeploymentTarget.ELSEWHERE and not facts.kind.serves
    if apart and condition not in facts.conditions:
        yield block(
            f"项目声明不存在“{condition.zh}”的情形，但部署位置为“{facts.deployment_target.zh}”。",
            remedy="请更正声明，或改为部署在区政务云；确需实施的，向区数据局申请例外并附书面依据。",
            condition=condition.value,
            deployment_target=facts.deployment_target.value,
        )


@rule(
    "filing",
    article="26",
    clause="（三）",
    quote="未按要求编制数据目录、共享数据或重复采集数据的",
    relief=ReliefKind.EXCEPTION,
)
def filing_no_data_catalogue(facts: FilingFacts) -> Findings:
    """No data catalogue, no sharing, or data collected twice.

    >>> filing_no_data_catalogue(FilingFacts.example())
    ()
    """
    yield from _declared(facts, FilingCondition.NO_DATA_CATALOGUE)


@rule(
    "filing",
    article="26",
    clause="（四）",
    quote="不符合国家、省、市、区网络和数据安全政策及要求的",
    relief=ReliefKind.EXCEPTION,
)
def filing_security(facts: FilingFacts) -> Findings:
    """Network or data security policy is not met.

    >>> filing_security(FilingFacts.example())
    ()
    """
    yield from _declared(facts, FilingCondition.SECURITY)


@rule(
    "filing",
    article="26",
    clause="（五）",
    quote="不符合国家、省、市、区密码及信创政策及要求的",
    relief=ReliefKind.EXCEPTION,
)
def filing_crypto_xinchuang(facts: FilingFacts) -> Findings:
    """Cryptography or Xinchuang policy is not met.

    >>> filing_crypto_xinchuang(FilingFacts.example())
    ()
    """
    yield from _declared(facts, FilingCondition.CRYPTO_XINCHUANG)


@rule("contract", article="26", clause="1", quote="组织内部技术审查及论证通过后实施")
def contract_after_recorded_review(facts: ContractFacts) -> Findings:
    """What is carried out rests on a review that has a record, not on its day alone.

    What was found regular before the record was asked for goes on without.

    >>> filed = {"track": "filing", "internal_review_on": "2026-07-01"}
    >>> facts = ContractFacts.example(**filed, internal_review_record=False)
    >>> [finding.rule for finding in contract_after_recorded_review(facts)]
    ['contract_after_recorded_review']
    >>> contract_after_recorded_review(facts.supposing({"internal_review_record": None}))
    ()
    """
    if (
        facts.track is Track.FILING
        and facts.internal_review_on is not None
        and facts.internal_review_record is False
        and facts.subject.carries_out(facts.kind)
    ):
        yield block(
            f"报备填写了内部技术审查论证日期{facts.internal_review_on}，但没有审查及论证记录，"
            "不能证明论证通过，不得签订合同。",
            remedy="请通过报备更正上传内部技术审查及论证记录后重新登记合同。",
            internal_review_on=facts.internal_review_on.isoformat(),
            internal_review_record=False,
        )


@rule("contract", article="26", clause="2", quote="具有以下情形之一的，原则上不得立项实施")
def no_contract_in_an_excluded_case(facts: ContractFacts) -> Findings:
    """Who declares a condition signs nothing before it is mended or an exception is granted.

    >>> facts = ContractFacts.example(track="filing", excluded=["duplicate"])
    >>> [finding.fact for finding in no_contract_in_an_excluded_case(facts)]
    [{'conditions': ['duplicate']}]
    """
    if facts.track is Track.FILING and facts.excluded:
        named = "；".join(condition.zh for condition in facts.excluded)
        yield block(
            f"项目报备时声明存在“{named}”的情形，原则上不得立项实施，不得签订合同。",
            remedy="请整改后更正报备；确需实施的，先向区数据局申请例外并附书面依据。",
            conditions=[condition.value for condition in facts.excluded],
        )


def _declared(facts: FilingFacts, condition: FilingCondition) -> Findings:
    if condition in facts.conditions:
        yield block(
            f"项目声明存在“{condition.zh}”的情形，原则上不得立项实施。",
            remedy="请整改后重新报备；确需实施的，向区数据局申请例外并附书面依据。",
            condition=condition.value,
        )
