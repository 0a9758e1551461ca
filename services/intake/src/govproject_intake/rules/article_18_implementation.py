"""第18条 项目单位应严格依据技术审查意见、立项批复文件及财评报告等材料组织项目实施。

What was approved is the baseline; what differs from it has to become a change first (Art 28). On
the filing track nobody approves: there the baseline is what was filed. What is left of
the money at the final acceptance is the treasury's: nothing more is built for it.
"""

from govproject import ContractFacts, Findings, block, rule, warn
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


@rule(
    "contract",
    article="18",
    clause="3",
    quote="若项目实施后产生资金结余，须按规定及时将结余资金全额上缴财政",
)
def no_building_after_final(facts: ContractFacts) -> Findings:
    """After the final nothing is built or delivered; of operation, service and test it is told.

    >>> facts = ContractFacts.example(accepted_on="2026-07-31")
    >>> [finding.message for finding in no_building_after_final(facts)]
    ['项目已于2026-07-31通过终验，不再登记建设合同。']
    >>> service = facts.supposing({"subject": "service"})
    >>> [finding.severity for finding in no_building_after_final(service)]
    ['warn']
    """
    if facts.accepted_on is None:
        return
    subject = facts.subject
    if subject.carries_out(facts.kind) and not facts.kind.serves:
        yield block(
            f"项目已于{facts.accepted_on}通过终验，不再登记{subject.zh}合同。",
            remedy="新增建设内容请另行申报项目（续建或升级改造），项目结余资金全额上缴财政；"
            "运维服务请按服务合同登记；终验前签订而漏登记的，请向区数据局书面说明，合同文件照常归档。",
            accepted_on=facts.accepted_on.isoformat(),
            subject=subject.value,
        )
    else:
        yield warn(
            f"项目已于{facts.accepted_on}通过终验，本合同（{subject.zh}）在终验之后登记。",
            remedy="请核对资金来源：项目结余资金须全额上缴财政，不得用于终验后的新增事项。",
            accepted_on=facts.accepted_on.isoformat(),
            subject=subject.value,
        )
