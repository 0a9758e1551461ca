"""第10条 由项目单位牵头负责组织专家评审……对项目单位提交的政务信息化项目申报材料进行专家评审。

区级政务信息化项目投资额达50万元（含）以上的项目通过联合评审后须报区财政局进行财政评审，合理确定政务信息化
项目资金投入，出具财评报告。
"""

from govproject import ApprovalFacts, Findings, RulePack, block, rule
from govproject.terms import ReliefKind


@rule("approval", article="10", clause="1", quote="由项目单位牵头负责组织专家评审")
def expert_review_led_by_unit(facts: ApprovalFacts) -> Findings:
    """The unit convened the experts, and they agreed.

    >>> facts = ApprovalFacts.example(panel_passed=False)
    >>> [finding.article for finding in expert_review_led_by_unit(facts)]
    ['10']
    """
    if not facts.panel_passed:
        yield block(
            "项目尚未通过专家评审。",
            remedy="请区数据局抽取专家，由项目单位组织专家评审并取得通过的论证意见。",
            panel_passed=False,
        )


@rule(
    "approval",
    article="10",
    clause="7",
    quote="投资额达50万元（含）以上的项目通过联合评审后须报区财政局进行财政评审",
)
def fiscal_evaluation_ge_50(facts: ApprovalFacts, pack: RulePack) -> Findings:
    """From 50万 on, the finance bureau has evaluated the project; approving less is no way around.

    >>> from govproject.regulation.pack import pack
    >>> facts = ApprovalFacts.example(evaluated_yuan=None)
    >>> [finding.rule for finding in fiscal_evaluation_ge_50(facts, pack("tinghu-2025"))]
    ['fiscal_evaluation_ge_50']
    """
    if pack.needs_fiscal_evaluation(facts.budget_yuan) and facts.evaluated_yuan is None:
        yield block(
            "投资额在50万元（含）以上，尚未取得区财政局财评报告。",
            remedy="请将项目报区财政局进行财政评审，取得财评报告后再办理立项。",
            budget_yuan=str(facts.budget_yuan),
        )


@rule(
    "approval",
    article="10",
    clause="8",
    quote="合理确定政务信息化项目资金投入，出具财评报告",
    relief=ReliefKind.EXCEPTION,
)
def fiscal_evaluation_report(facts: ApprovalFacts) -> Findings:
    """The evaluated amount is a ceiling; only a recorded exception goes beyond it.

    >>> from decimal import Decimal
    >>> facts = ApprovalFacts.example(evaluated_yuan=Decimal("1199999.99"))
    >>> [finding.relief.value for finding in fiscal_evaluation_report(facts)]
    ['exception']
    """
    if facts.evaluated_yuan is not None and facts.amount_yuan > facts.evaluated_yuan:
        yield block(
            f"拟批复金额{facts.amount_yuan}元超过财评审定金额{facts.evaluated_yuan}元。",
            remedy="请将批复金额调整至财评审定金额以内；确需超出的，申请例外并附书面依据。",
            amount_yuan=str(facts.amount_yuan),
            evaluated_yuan=str(facts.evaluated_yuan),
        )
