"""第10条 区级政务信息化项目投资额达50万元（含）以上的项目……须报区财政局进行财政评审，出具财评报告。

The threshold names district projects in general, so filing-track projects from 50万 on are
evaluated too, after their internal review (Art 26).
"""

from govproject import FilingFacts, Findings, RulePack, block, rule


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
    if pack.needs_fiscal_evaluation(facts.amount_yuan) and not facts.fiscal_evaluation_report:
        yield block(
            "投资额在50万元（含）以上，尚未取得区财政局财评报告。",
            remedy="请将项目报区财政局进行财政评审，取得财评报告后再办理报备。",
            amount_yuan=str(facts.amount_yuan),
        )
