"""第10条 由项目单位牵头负责组织专家评审……对项目单位提交的政务信息化项目申报材料进行专家评审。

100万元（含）以上的项目为5人及以上单数。区级政务信息化项目投资额达50万元（含）以上的项目通过联合评审后须报区财政局进行财政评审，合理确定政务信息化
项目资金投入，出具财评报告。
"""

from govproject import ApprovalFacts, Findings, RulePack, block, rule
from govproject.terms import ReliefKind
from govproject_review.rules.article_10_panel import minimum, suits


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
    "approval", article="10", clause="1", quote="对项目单位提交的政务信息化项目申报材料进行专家评审"
)
def experts_on_present_materials(facts: ApprovalFacts) -> Findings:
    """Experts who agreed before the last pre-review or change have not seen what is approved.

    >>> facts = ApprovalFacts.example(panel_outdated=True)
    >>> [finding.article for finding in experts_on_present_materials(facts)]
    ['10']
    """
    if facts.panel_passed and facts.panel_outdated:
        yield block(
            "专家评审早于最近一次预审通过或变更报备，专家没有评审现方案。",
            remedy="请区数据局重新抽取专家，由项目单位按现有材料和金额组织专家评审。",
            panel_outdated=True,
        )


@rule("approval", article="10", clause="5", quote="100万元（含）以上的项目为5人及以上单数")
def expert_count_at_approval(facts: ApprovalFacts, pack: RulePack) -> Findings:
    """Number and oddness are asked again at the present amount, which may have risen.

    >>> from decimal import Decimal
    >>> from govproject.regulation.pack import pack
    >>> facts = ApprovalFacts.example(budget_yuan=Decimal(1500000), panel_attended=6)
    >>> [f.message for f in expert_count_at_approval(facts, pack("tinghu-2025"))]
    ['项目投资额为1500000.00元，专家评审应为5人及以上单数，实际到会签字6人。']
    """
    amount = max(facts.budget_yuan, facts.amount_yuan)
    if facts.panel_passed and not suits(pack, amount, facts.panel_attended):
        yield block(
            f"项目投资额为{amount}元，专家评审应为{minimum(pack, amount)}人及以上单数，"
            f"实际到会签字{facts.panel_attended}人。",
            remedy="请区数据局按规定人数重新抽取专家，由项目单位重新组织专家评审。",
            amount_yuan=str(amount),
            attended=facts.panel_attended,
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
    clause="7",
    quote="通过联合评审后须报区财政局进行财政评审",
)
def evaluation_after_expert_review(facts: ApprovalFacts, pack: RulePack) -> Findings:
    """The finance bureau evaluates what the experts passed, so its report comes after theirs.

    An amount that has fallen below 50万 since is evaluated no more.

    >>> from govproject.regulation.pack import pack
    >>> facts = ApprovalFacts.example(evaluation_outdated=True)
    >>> [finding.rule for finding in evaluation_after_expert_review(facts, pack("tinghu-2025"))]
    ['evaluation_after_expert_review']
    """
    if facts.evaluated_yuan is None or not facts.evaluation_outdated:
        return
    if pack.needs_fiscal_evaluation(max(facts.budget_yuan, facts.amount_yuan)):
        yield block(
            "财评报告早于最近一次预审通过或变更报备，不是对现方案的财政评审。",
            remedy="请在现方案通过专家评审后，重新报区财政局进行财政评审。",
            evaluation_outdated=True,
        )


@rule(
    "approval",
    article="10",
    clause="8",
    quote="合理确定政务信息化项目资金投入，出具财评报告",
    relief=ReliefKind.EXCEPTION,
)
def fiscal_evaluation_report(facts: ApprovalFacts, pack: RulePack) -> Findings:
    """The evaluated amount is a ceiling; only a recorded exception goes beyond it.

    A report on what the project was before it fell below 50万 is none.

    >>> from decimal import Decimal
    >>> from govproject.regulation.pack import pack
    >>> facts = ApprovalFacts.example(evaluated_yuan=Decimal("1199999.99"))
    >>> found = fiscal_evaluation_report(facts, pack("tinghu-2025"))
    >>> [finding.relief.value for finding in found]
    ['exception']
    """
    needed = pack.needs_fiscal_evaluation(max(facts.budget_yuan, facts.amount_yuan))
    if facts.evaluation_outdated and not needed:
        return
    if facts.evaluated_yuan is not None and facts.amount_yuan > facts.evaluated_yuan:
        yield block(
            f"拟批复金额{facts.amount_yuan}元超过财评审定金额{facts.evaluated_yuan}元。",
            remedy="请区数据局将批复金额调整至财评审定金额以内；确需超出的，申请例外并附书面依据。",
            amount_yuan=str(facts.amount_yuan),
            evaluated_yuan=str(facts.evaluated_yuan),
        )
