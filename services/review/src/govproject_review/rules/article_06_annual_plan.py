"""第6条 区数据局对未列入年度计划的政务信息化项目原则上不予审批，项目单位不得未批先建。

原则上: an exception recorded by the bureau lets an urgent project through; it shows on the
decision. 不得未批先建 is asked where it can be seen: at the gate of the government cloud.
"""

from govproject import ApprovalFacts, Findings, block, rule
from govproject.terms import ReliefKind


@rule(
    "approval",
    article="6",
    clause="1",
    quote="区数据局对未列入年度计划的政务信息化项目原则上不予审批",
    relief=ReliefKind.EXCEPTION,
)
def not_in_plan_not_approved(facts: ApprovalFacts) -> Findings:
    """A project outside the published annual plan is in principle not approved.

    >>> facts = ApprovalFacts.example(plan_year_adopted=None)
    >>> [finding.relief.value for finding in not_in_plan_not_approved(facts)]
    ['exception']
    """
    if facts.plan_year_adopted is None:
        yield block(
            "项目未列入年度计划，原则上不予审批。",
            remedy="请申请列入年度计划；确需计划外立项的，向区数据局申请例外并附书面依据。",
            plan_year_adopted=None,
        )
