"""第28条 项目建设期间发生建设内容、建设规模、建设金额等发生变更的，项目单位应当……完成报备，

未经变更报备的项目不得组织项目验收。
"""

from govproject import AcceptanceFacts, Findings, block, rule, warn
from govproject_acceptance.rules.requirements import MEETINGS


@rule("acceptance", article="28", clause="2", quote="未经变更报备的项目不得组织项目验收")
def no_change_filing_no_acceptance(facts: AcceptanceFacts) -> Findings:
    """No meeting, of a lot either, while a determined change is unfiled. Nothing lifts it.

    >>> facts = AcceptanceFacts.example(stage="preliminary", unfiled_changes=1)
    >>> [finding.relief.value for finding in no_change_filing_no_acceptance(facts)]
    ['none']
    """
    if facts.stage in MEETINGS and facts.unfiled_changes:
        yield block(
            f"项目有{facts.unfiled_changes}项变更尚未报备，不得组织{facts.stage.zh}。",
            remedy="请在市级政务信息化项目管理系统完成变更报备后再组织验收。",
            unfiled_changes=facts.unfiled_changes,
        )


@rule("acceptance", article="28", clause="2", quote="未经变更报备的项目不得组织项目验收")
def no_overrun_without_change_filing(facts: AcceptanceFacts) -> Findings:
    """What is contracted or paid beyond the amount is a change of the amount that nobody filed.

    >>> from decimal import Decimal
    >>> facts = AcceptanceFacts.example(settled_yuan=Decimal("1200000.01"))
    >>> [finding.message for finding in no_overrun_without_change_filing(facts)]
    ['实际支付（结算）金额1200000.01元超出批复、报备或变更报备后的金额1200000.00元，不得组织终验。']
    """
    if facts.stage not in MEETINGS:
        return
    funds = facts.amount_yuan if facts.funds_yuan is None else facts.funds_yuan
    for what, amount in (
        ("已登记合同金额合计", facts.contracted_yuan),
        ("实际支付（结算）金额", facts.settled_yuan),
    ):
        if amount is not None and amount > funds:
            yield block(
                f"{what}{amount}元超出批复、报备或变更报备后的金额{funds}元，"
                f"不得组织{facts.stage.zh}。",
                remedy="请按规定办理金额变更（全过程管理项目须经批准）并完成变更报备后再组织验收。",
                amount_yuan=str(amount),
                funds_yuan=str(funds),
            )
    if facts.contracts_without_amount:
        yield warn(
            f"有{facts.contracts_without_amount}份合同的金额未知，未计入合同金额合计。",
            remedy="请在验收时核对该合同的金额。",
            contracts_without_amount=facts.contracts_without_amount,
        )
