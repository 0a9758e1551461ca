"""第28条 项目建设期间发生建设内容、建设规模、建设金额等发生变更的，……在变更事项确定后……完成报备。

What was reviewed is the project at its filed amount, so more than that is a change of the amount:
it is filed first, and what the greater amount asks for follows from it. A change that is determined
and not filed makes the approved project another one than was reviewed.
"""

from govproject import ApprovalFacts, Findings, block, rule, warn


@rule(
    "approval",
    article="28",
    clause="1",
    quote="项目单位应当在变更事项确定后在市级政务信息化项目管理系统完成报备",
)
def approval_within_budget(facts: ApprovalFacts) -> Findings:
    """No more is approved than was declared, or filed as a change.

    >>> from decimal import Decimal
    >>> facts = ApprovalFacts.example(amount_yuan=Decimal("1200000.01"))
    >>> [finding.message for finding in approval_within_budget(facts)]
    ['拟批复金额1200000.01元超过项目申报或变更报备的金额1200000.00元。']
    """
    if facts.amount_yuan > facts.budget_yuan:
        yield block(
            f"拟批复金额{facts.amount_yuan}元超过项目申报或变更报备的金额{facts.budget_yuan}元。",
            remedy="请在项目投资额以内批复；确需增加的，由项目单位先办理变更报备并补办有关评审。",
            amount_yuan=str(facts.amount_yuan),
            budget_yuan=str(facts.budget_yuan),
        )


@rule(
    "approval",
    article="28",
    clause="1",
    quote="项目单位应当在变更事项确定后在市级政务信息化项目管理系统完成报备",
)
def no_approval_before_change_filing(facts: ApprovalFacts) -> Findings:
    """What is to be approved is what was filed; who is responsible is not what is approved.

    >>> from govproject.terms import ChangeAspect
    >>> facts = ApprovalFacts.example(open_changes=(ChangeAspect.AMOUNT,))
    >>> [finding.message for finding in no_approval_before_change_filing(facts)]
    ['项目有已确定、尚未报备的变更，涉及建设金额。']
    """
    if not facts.open_changes:
        return
    finding = block if any(aspect.is_reviewed for aspect in facts.open_changes) else warn
    yield finding(
        f"项目有已确定、尚未报备的变更，涉及{'、'.join(each.zh for each in facts.open_changes)}。",
        remedy="请项目单位先完成变更报备并补办有关评审，或者撤回变更。",
        open_changes=[aspect.value for aspect in facts.open_changes],
    )
