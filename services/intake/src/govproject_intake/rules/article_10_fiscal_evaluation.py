"""第10条 区级政务信息化项目投资额达50万元（含）以上的项目……须报区财政局进行财政评审。

合理确定政务信息化项目资金投入，出具财评报告。

The threshold names district projects in general, so filing-track projects from 50万 on are
evaluated too, after their internal review (Art 26).
"""

from decimal import Decimal

from govproject import (
    ChangeFacts,
    ContractFacts,
    FilingFacts,
    Findings,
    RulePack,
    block,
    rule,
    warn,
)
from govproject.terms import ReliefKind, Track


@rule(
    "filing",
    article="10",
    clause="7",
    quote="投资额达50万元（含）以上的项目通过联合评审后须报区财政局进行财政评审",
)
def fiscal_evaluation_ge_50(facts: FilingFacts, pack: RulePack) -> Findings:
    """From 50万 on, a filing needs the finance bureau's report.

    >>> from decimal import Decimal
    >>> from govproject.regulation.pack import pack
    >>> facts = FilingFacts.example(amount_yuan=Decimal("500000.00"))
    >>> [finding.rule for finding in fiscal_evaluation_ge_50(facts, pack("tinghu-2025"))]
    ['fiscal_evaluation_ge_50']
    """
    if (
        pack.needs_fiscal_evaluation(facts.amount_yuan, Track.FILING)
        and not facts.fiscal_evaluation_report
    ):
        yield block(
            "投资额在50万元（含）以上，尚未取得区财政局财评报告。",
            remedy="请将项目报区财政局进行财政评审，取得财评报告后再办理报备。",
            amount_yuan=str(facts.amount_yuan),
        )


@rule(
    "filing",
    article="10",
    clause="8",
    quote="合理确定政务信息化项目资金投入，出具财评报告",
    relief=ReliefKind.EXCEPTION,
)
def fiscal_evaluation_report(facts: FilingFacts, pack: RulePack) -> Findings:
    """What is filed stays within the evaluated amount; a report for less is no report for more.

    >>> from govproject.regulation.pack import pack
    >>> told = {"fiscal_evaluation_report": "亭财评〔2026〕7号", "evaluated_yuan": "600000"}
    >>> facts = FilingFacts.example(amount_yuan="600000.01", **told)
    >>> [f.relief.value for f in fiscal_evaluation_report(facts, pack("tinghu-2025"))]
    ['exception']
    """
    if (
        not pack.needs_fiscal_evaluation(facts.amount_yuan, Track.FILING)
        or not facts.fiscal_evaluation_report
    ):
        return
    if facts.evaluated_yuan is None:
        yield warn(
            f"财评报告{facts.fiscal_evaluation_report}的审定金额没有记录。",
            remedy=f"请核对审定金额不低于报备金额{facts.amount_yuan}元，不足的请重新报区财政局评审。",
            evaluated_yuan=None,
        )
    else:
        yield from _within(facts.amount_yuan, facts.evaluated_yuan, "报备金额")


@rule(
    "contract",
    article="10",
    clause="7",
    quote="投资额达50万元（含）以上的项目通过联合评审后须报区财政局进行财政评审",
)
def contracts_after_evaluation(facts: ContractFacts, pack: RulePack) -> Findings:
    """On the filing track too nothing is built from 50万 on before it was evaluated.

    >>> from govproject.regulation.pack import pack
    >>> filed = {"track": "filing", "approved_yuan": "500000", "fiscal_report": None}
    >>> facts = ContractFacts.example(**filed)
    >>> [finding.fact for finding in contracts_after_evaluation(facts, pack("tinghu-2025"))]
    [{'approved_yuan': '500000.00', 'fiscal_report': None}]
    """
    if facts.track is not Track.FILING or not facts.subject.carries_out(facts.kind):
        return
    amount = facts.approved_yuan
    if (
        amount is not None
        and pack.needs_fiscal_evaluation(amount, Track.FILING)
        and not facts.fiscal_report
    ):
        yield block(
            f"项目投资额{amount}元，在50万元（含）以上，尚未取得区财政局财评报告，不得签订合同。",
            remedy="请将项目报区财政局进行财政评审，取得财评报告后再采购和签订合同。",
            approved_yuan=str(amount),
            fiscal_report=None,
        )


@rule(
    "contract",
    article="10",
    clause="8",
    quote="合理确定政务信息化项目资金投入，出具财评报告",
    relief=ReliefKind.EXCEPTION,
)
def contracts_within_evaluation(facts: ContractFacts) -> Findings:
    """On the filing track contracts stay within the evaluated amount; elsewhere the approval did.

    >>> facts = ContractFacts.example(track="filing", evaluated_yuan="1099999.99")
    >>> [finding.message for finding in contracts_within_evaluation(facts)]
    ['各合同金额合计1100000.00元，超过财评审定金额1099999.99元。']
    """
    if facts.track is Track.FILING and facts.evaluated_yuan is not None:
        total = facts.contracted_yuan + facts.amount_yuan
        yield from _within(total, facts.evaluated_yuan, "各合同金额合计")


@rule(
    "change",
    article="10",
    clause="8",
    quote="合理确定政务信息化项目资金投入，出具财评报告",
    relief=ReliefKind.EXCEPTION,
)
def change_within_evaluation(facts: ChangeFacts) -> Findings:
    """No change beyond the evaluated amount is approved, unless an exception is recorded.

    >>> facts = ChangeFacts.example(approving=True, new_amount_yuan="1300000.01")
    >>> [finding.message for finding in change_within_evaluation(facts)]
    ['变更后金额1300000.01元，超过财评审定金额1300000.00元。']
    """
    if facts.approving and facts.new_amount_yuan is not None and facts.evaluated_yuan is not None:
        yield from _within(facts.new_amount_yuan, facts.evaluated_yuan, "变更后金额")


def _within(amount_yuan: Decimal, evaluated_yuan: Decimal, what: str) -> Findings:
    if amount_yuan > evaluated_yuan:
        yield block(
            f"{what}{amount_yuan}元，超过财评审定金额{evaluated_yuan}元。",
            remedy="请将金额调整至财评审定金额以内，或重新报区财政局评审；"
            "确需超出的，向区数据局申请例外并附书面依据。",
            amount_yuan=str(amount_yuan),
            evaluated_yuan=str(evaluated_yuan),
        )
