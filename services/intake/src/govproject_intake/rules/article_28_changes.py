"""第28条 项目建设期间发生建设内容、建设规模、建设金额等发生变更的，应当在变更事项确定后完成报备。

Filing tells of a change; it approves nothing. What the bureau approved is carried out as approved
(Art 18), and a change of it without the bureau's approval bars the final acceptance (Art 19): so on
the full-process track a change of content, scale or amount is approved first. The article speaks of
项目建设期间: what the final acceptance has closed is not changed any more.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal

from govproject import ChangeFacts, Findings, RulePack, block, rule, warn
from govproject.terms import ChangeAspect, FilingStatus, Track
from govproject_intake.rules.article_04_tracks import track_after_change


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
    """Whose amount crosses 50, 100 or 1000万 is told what it now lacks (Arts 4, 8, 10, 26).

    >>> from govproject.regulation.pack import pack
    >>> grown = {"track": "filing", "approval_number": None, "amount_yuan": "450000"}
    >>> facts = ChangeFacts.example(**grown, new_amount_yuan="600000", fiscal_report=None)
    >>> [finding.message for finding in change_crosses_threshold(facts, pack("tinghu-2025"))]
    ['变更后金额600000.00元达到500000元，须报区财政局进行财政评审（第10条）。']
    """
    new = facts.new_amount_yuan
    if new is None:
        return
    track = track_after_change(facts.track, new, facts.begun, pack)
    if track is not facts.track:
        missing = "、".join(_missing(facts, track, new, pack))
        yield warn(
            f"变更后金额{new}元，管理方式由{facts.track.zh}改为{track.zh}（第4条），尚缺：{missing}。",
            remedy="请按新的管理方式依次补办；补办前不得签订建设、货物合同（第6条），"
            "也不能申请政务云资源。",
            amount_yuan=str(facts.amount_yuan),
            new_amount_yuan=str(new),
            track=track.value,
        )
    elif _newly(
        lambda yuan: pack.needs_fiscal_evaluation(yuan, track), facts
    ) and not _is_evaluated(facts, new):
        yield warn(
            f"变更后金额{new}元达到{pack.fiscal_evaluation_from_yuan}元，"
            "须报区财政局进行财政评审（第10条）。",
            remedy="请将项目报区财政局进行财政评审，取得财评报告后再采购和签订合同。",
            amount_yuan=str(facts.amount_yuan),
            new_amount_yuan=str(new),
        )
    if _newly(pack.needs_preliminary_design, facts):
        yield warn(
            f"变更后金额{new}元达到{pack.preliminary_design_from_yuan}元，"
            "项目须编制初步设计方案（第8条）。",
            remedy="请核对项目单位已补充编制初步设计方案后再批准。"
            if facts.approving
            else "请补充编制初步设计方案，并随预审材料提交。",
            amount_yuan=str(facts.amount_yuan),
            new_amount_yuan=str(new),
        )


def _missing(facts: ChangeFacts, track: Track, new: Decimal, pack: RulePack) -> Iterator[str]:
    """What stands before building on the new track, and is not there."""
    if track is Track.FULL_PROCESS:
        if not facts.planned:
            yield "列入年度计划（第5、6条）"
        yield "项目预审（第7、8条）"
        yield "部门会审（第9条）"
        yield f"{pack.panel_min_full_process}人及以上单数的专家联合评审（第10条）"
    if pack.needs_fiscal_evaluation(new, track) and not _is_evaluated(facts, new):
        yield "财政评审（第10条）"
    if track is Track.FULL_PROCESS:
        yield "立项批复（第11条）"
    elif facts.filing_status is not FilingStatus.ACCEPTED:
        yield "单位内部技术审查及论证，报备并经认定规范（第26、27条）"


def _newly(needs: Callable[[Decimal], bool], facts: ChangeFacts) -> bool:
    new = facts.new_amount_yuan
    return new is not None and needs(new) and not needs(facts.amount_yuan)


def _is_evaluated(facts: ChangeFacts, new: Decimal) -> bool:
    known = facts.evaluated_yuan
    return facts.fiscal_report is not None and (known is None or new <= known)
