"""第18条 项目单位应严格依据技术审查意见、立项批复文件及财评报告等材料组织项目实施。

What was approved is the baseline; what differs from it has to become a change first (Art 28). On
the filing track nobody approves: there the baseline is what was filed.
"""

from govproject import ContractFacts, Findings, block, rule
from govproject.terms import Track


@rule(
    "contract",
    article="18",
    clause="1",
    quote="严格依据技术审查意见、立项批复文件及财评报告等材料组织项目实施",
)
def implement_as_approved(facts: ContractFacts) -> Findings:
    """The contracts together stay within what was approved or filed, with the changes since.

    >>> facts = ContractFacts.example(amount_yuan="1100000.00", contracted_yuan="200000.00")
    >>> [finding.message for finding in implement_as_approved(facts)]
    ['各合同金额合计1300000.00元，超出批复或变更报备后的金额1200000.00元。']
    """
    if facts.approved_yuan is None:
        return
    filing = facts.track is Track.FILING
    what = "报备" if filing else "批复"
    change = "完成变更报备" if filing else "报区数据局批准变更，再完成变更报备（第28条）"
    total = facts.contracted_yuan + facts.amount_yuan
    if total > facts.approved_yuan:
        yield block(
            f"各合同金额合计{total}元，超出{what}或变更报备后的金额{facts.approved_yuan}元。",
            remedy=f"请按{what}金额签订合同；确需调整的，先确定变更事项，{change}。",
            total_yuan=str(total),
            approved_yuan=str(facts.approved_yuan),
        )
