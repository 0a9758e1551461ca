"""第29条 对报备信息不实、违规建设的项目，责令限期整改，对整改不到位的暂停相关信息化资源使用权。

A failed rectification proposes a suspension; only a person of the bureau confirms it.
"""

from govproject import AllocationFacts, Findings, block, rule, warn


@rule(
    "allocation",
    article="29",
    clause="4",
    quote="对整改不到位的暂停相关信息化资源使用权",
)
def suspend_resources(facts: AllocationFacts) -> Findings:
    """A suspended project gets nothing more; a proposed suspension is pointed out.

    >>> facts = AllocationFacts.example(suspended_by="0198c0de")
    >>> [finding.severity for finding in suspend_resources(facts)]
    ['block']
    """
    if facts.suspended_by is not None:
        yield block(
            "因整改不到位，该项目的信息化资源使用权已暂停。",
            remedy="请完成整改，经检查部门认定整改到位、区数据局恢复使用后重新申请。",
            suspension_order=facts.suspended_by,
        )
    elif facts.rectification_failed:
        yield warn(
            "项目整改不到位，暂停资源使用的建议正等待区数据局确认。",
            remedy="请尽快完成整改。",
            rectification_failed=True,
        )
