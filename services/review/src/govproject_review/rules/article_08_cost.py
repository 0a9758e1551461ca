"""第8条 项目造价咨询评估报告应包括……等项目建设所需的一切相关费用。

项目直接建设费、网络安全费、工程建设其他费、预备费 are the four heads of every report. What else a
project costs belongs to one of them, so the total is their sum.
"""

from govproject import Findings, MaterialsFacts, block, rule, warn
from govproject.terms import CostHead, PreReviewMaterial
from govproject_review.rules.whole import whole

REPORT = PreReviewMaterial.COST_ASSESSMENT_REPORT
TOTAL = "total"

COST_WORDINGS: dict[str, tuple[str, ...]] = {
    CostHead.DIRECT_COST: ("直接建设费", "直接工程费", "工程直接费"),
    CostHead.NETWORK_SECURITY_COST: ("网络安全费", "网络安全建设费"),
    CostHead.OTHER_COSTS: ("工程建设其他费", "建设其他费", "工程其他费", "其他费"),
    CostHead.CONTINGENCY: ("预备费",),
}
TOTAL_WORDINGS = ("总投资", "总造价", "投资总额", "造价总额", "总金额", "总费用", "费用总额")
SUM_WORDINGS = ("合计", "总计", "总额")


@rule(
    "materials",
    article="8",
    clause="8",
    quote="应包括项目直接建设费、网络安全费、工程建设其他费、预备费等项目建设所需的一切相关费用",
)
def cost_assessment_report(facts: MaterialsFacts) -> Findings:
    """Four heads, nothing left at zero without a word, and a total that is their sum.

    >>> from decimal import Decimal
    >>> facts = MaterialsFacts.example(total_yuan=Decimal(13000000))
    >>> [(finding.severity, finding.message) for finding in cost_assessment_report(facts)][0]
    ('block', '造价评估报告各项费用之和12000000.00元与总额13000000.00元不符。')
    """
    heads = {head.value: head.zh for head in CostHead}
    yield from whole(facts, REPORT, heads | {TOTAL: "总额"})
    silent = [
        head
        for head in CostHead
        if facts.costs_yuan.get(head) == 0 and head not in facts.statements.zero_costs
    ]
    if silent:
        yield block(
            f"造价评估报告的以下费用为零，没有说明：{'、'.join(head.zh for head in silent)}。",
            remedy="请在提交时逐项说明金额为零的理由，或更正造价评估报告。",
            zero=[head.value for head in silent],
        )
    if facts.total_yuan is None:
        return
    total = sum(facts.costs_yuan.values())
    if len(facts.costs_yuan) == len(CostHead) and total != facts.total_yuan:
        yield block(
            f"造价评估报告各项费用之和{total}元与总额{facts.total_yuan}元不符。",
            remedy="请核对造价评估报告；其他费用请归入四项费用之一，使各项之和等于总额。",
            sum_yuan=str(total),
            total_yuan=str(facts.total_yuan),
        )
    if facts.total_yuan != facts.budget_yuan:
        relation = "高于" if facts.total_yuan > facts.budget_yuan else "低于"
        yield warn(
            f"造价评估报告总额{facts.total_yuan}元{relation}项目预算{facts.budget_yuan}元。",
            remedy="请核对造价评估报告的金额和单位；预算调整的，请办理变更报备。",
            total_yuan=str(facts.total_yuan),
            budget_yuan=str(facts.budget_yuan),
        )
