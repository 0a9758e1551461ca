"""第28条 项目建设期间发生建设内容、建设规模、建设金额等发生变更的，应当在变更事项确定后完成报备。

Filing tells of a change; it approves nothing. What the bureau approved is carried out as approved
(Art 18), and a change of it without the bureau's approval bars the final acceptance (Art 19): so on
the full-process track a change of content, scale or amount is approved first. The article speaks of
项目建设期间: what the final acceptance has closed is not changed any more.
"""

from govproject import ChangeFacts, Findings, RulePack, block, rule, warn
from govproject.terms import ChangeAspect, Track


def needs_approval(facts: ChangeFacts) -> bool:
    """Whether a change touches what the bureau approved.

    >>> needs_approval(ChangeFacts.example(aspects=["responsibility"]))
    False
    """
    return (
        facts.track is Track.FULL_PROCESS
        and facts.approval_number is not None
        and any(aspect.is_reviewed for aspect in facts.aspects)
    )


@rule(
    "change",
    article="28",
    clause="1",
    quote="发生建设内容、建设规模、建设金额等发生变更的",
)
def change_approved_before_filing(facts: ChangeFacts) -> Findings:
    """What was approved is changed by who approved it; then the unit files the change.

    >>> facts = ChangeFacts.example(change_document=None)
    >>> [finding.message for finding in change_approved_before_filing(facts)]
    ['变更涉及立项批复的建设金额，尚未经区数据局批准，不得报备实施（第18、19条）。']
    >>> change_approved_before_filing(facts.model_copy(update={"approval_number": None}))
    ()
    """
    if needs_approval(facts) and facts.change_document is None and not facts.determining:
        touched = [aspect for aspect in facts.aspects if aspect.is_reviewed]
        yield block(
            f"变更涉及立项批复的{'、'.join(aspect.zh for aspect in touched)}，"
            "尚未经区数据局批准，不得报备实施（第18、19条）。",
            remedy="请将变更报区数据局批准，由区数据局登记批准文号和日期后再报备。",
            aspects=[aspect.value for aspect in touched],
            change_document=None,
        )


@rule("change", article="28", clause="1", quote="项目建设期间发生建设内容、建设规模、建设金额等")
def no_change_after_final(facts: ChangeFacts) -> Findings:
    """After the final content and amount stay; a larger scale alone is told, people may change.

    >>> facts = ChangeFacts.example(accepted_on="2026-07-31")
    >>> [finding.message for finding in no_change_after_final(facts)]
    ['项目已于2026-07-31通过终验，建设期间已结束，不能再变更建设金额。']
    >>> scale = facts.model_copy(update={"aspects": (ChangeAspect.SCALE,)})
    >>> [finding.severity for finding in no_change_after_final(scale)]
    ['warn']
    """
    if facts.accepted_on is None:
        return
    closed = [each for each in facts.aspects if each in (ChangeAspect.CONTENT, ChangeAspect.AMOUNT)]
    if closed:
        yield block(
            f"项目已于{facts.accepted_on}通过终验，建设期间已结束，"
            f"不能再变更{'、'.join(each.zh for each in closed)}。",
            remedy="新增建设内容请另行申报项目（续建或升级改造）；结余资金全额上缴财政（第18条）。",
            accepted_on=facts.accepted_on.isoformat(),
            aspects=[each.value for each in closed],
        )
    elif ChangeAspect.SCALE in facts.aspects:
        yield warn(
            f"项目已于{facts.accepted_on}通过终验，本次为运行期间调整规模。",
            remedy="请核对不涉及新增建设内容和资金；涉及的，请另行申报项目（续建或升级改造）。",
            accepted_on=facts.accepted_on.isoformat(),
        )


@rule("change", article="28", clause="1", quote="建设金额等发生变更的")
def change_crosses_threshold(facts: ChangeFacts, pack: RulePack) -> Findings:
    """Who approves more than 1000万 is told of the preliminary design, which review keeps (Art 8).

    >>> from govproject.regulation.pack import pack
    >>> grown = {"amount_yuan": "9999999.99", "new_amount_yuan": "10000000"}
    >>> facts = ChangeFacts.example(approving=True, **grown)
    >>> [finding.severity for finding in change_crosses_threshold(facts, pack("tinghu-2025"))]
    ['warn']
    """
    new = facts.new_amount_yuan
    if not facts.approving or new is None:
        return
    if pack.needs_preliminary_design(new) and not pack.needs_preliminary_design(facts.amount_yuan):
        yield warn(
            f"变更后金额{new}元达到{pack.preliminary_design_from_yuan}元，"
            "项目须编制初步设计方案（第8条）。",
            remedy="请核对项目单位已补充编制初步设计方案后再批准。",
            amount_yuan=str(facts.amount_yuan),
            new_amount_yuan=str(new),
        )
