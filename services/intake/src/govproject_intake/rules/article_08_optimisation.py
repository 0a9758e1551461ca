"""第8条 确需定期小规模优化的内容，可纳入运维项目实施申报，在明确资金来源后，报下一年度项目计划。

What is small, the text leaves open: the share of the budget is the rule pack's, and beyond it the
bureau is only told.
"""

from decimal import Decimal

from govproject import DeclarationFacts, Findings, RulePack, rule, warn
from govproject.terms import ProjectKind

_WHOLE = Decimal(100)


@rule(
    "declaration",
    article="8",
    clause="12",
    quote="确需定期小规模优化的内容，可纳入运维项目实施申报，在明确资金来源后",
)
def small_optimisation_in_ops(facts: DeclarationFacts, pack: RulePack) -> Findings:
    """Optimisation within operation is small, is paid for by somebody, and is part of operation.

    >>> from govproject.regulation.pack import pack
    >>> optimisation = {"system_type": "portal", "amount_yuan": "360000", "funding_source": "财政"}
    >>> facts = DeclarationFacts.example(kind="ops", optimisation_in_ops=optimisation)
    >>> small_optimisation_in_ops(facts, pack("tinghu-2025"))
    ()
    >>> dearer = facts.model_copy(update={"budget_yuan": Decimal(1000000)})
    >>> [found.severity for found in small_optimisation_in_ops(dearer, pack("tinghu-2025"))]
    ['warn']
    """
    optimisation = facts.optimisation_in_ops
    if optimisation is None:
        return
    if facts.kind is not ProjectKind.OPS:
        yield warn(
            f"小规模优化只能纳入运维项目，本项目类型为{facts.kind.zh}。",
            remedy="请按运维项目申报，或将优化内容作为建设内容申报。",
            kind=facts.kind.value,
        )
    if optimisation.funding_source is None:
        yield warn(
            "小规模优化尚未明确资金来源。",
            remedy="请填写优化内容的资金来源。",
            funding_source=None,
        )
    limit = facts.budget_yuan * pack.optimisation_max_percent / _WHOLE
    if optimisation.amount_yuan > limit:
        yield warn(
            f"{optimisation.system_type.zh}的优化金额{optimisation.amount_yuan}元，"
            f"超过运维预算的{pack.optimisation_max_percent}%（{limit:.2f}元）。",
            remedy="请核实是否属于小规模优化；规模较大的，请按升级改造项目申报。",
            amount_yuan=str(optimisation.amount_yuan),
            limit_yuan=f"{limit:.2f}",
        )
