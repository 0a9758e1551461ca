"""第12条 项目单位作为政务信息化项目的建设主体……严格执行招标投标、政府采购……等制度要求。

Whether a procurement was lawful its supervisors decide. How a contract was procured, and why not by
open tender, is put on record with it.
"""

from govproject import ContractFacts, Findings, RulePack, rule, warn
from govproject.terms import ProcurementMethod


@rule(
    "contract",
    article="12",
    clause="2",
    quote="严格执行招标投标、政府采购、工程监理、合同管理等制度要求",
)
def follow_procurement_rules(facts: ContractFacts, pack: RulePack) -> Findings:
    """From the amount of open tenders on, a contract says how it was procured, or why otherwise.

    >>> from govproject.regulation.pack import pack
    >>> facts = ContractFacts.example(amount_yuan="4000000", procurement_method="single_source")
    >>> [each.message for each in follow_procurement_rules(facts, pack("tinghu-2025"))]
    ['合同金额4000000.00元达到公开招标数额标准4000000元，采用单一来源采购，未说明理由。']
    >>> said = facts.supposing({"procurement_reason": "盐财购〔2026〕3号批准变更采购方式"})
    >>> follow_procurement_rules(said, pack("tinghu-2025"))
    ()
    """
    method = facts.procurement_method
    if facts.amount_yuan < pack.open_tender_from_yuan or method is ProcurementMethod.OPEN_TENDER:
        return
    if method is not None and facts.procurement_reason is not None:
        return
    how = "未填写采购方式" if method is None else f"采用{method.zh}，未说明理由"
    yield warn(
        f"合同金额{facts.amount_yuan}元达到公开招标数额标准{pack.open_tender_from_yuan:f}元，{how}。",
        remedy="请填写采购方式；未公开招标的，说明理由，例如采购监管部门批准变更采购方式的文号。",
        procurement_method=method,
    )
