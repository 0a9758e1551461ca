"""第6条 区数据局对未列入年度计划的政务信息化项目原则上不予审批，项目单位不得未批先建。

Who signs a contract builds, unless it only prepares or attends: the feasibility study and the costs
that an approval rests on (Art 8) are commissioned before it. A project on the filing track is
approved by nobody; what comes before its building is the unit's own review (Art 26), which its
filing records. What takes a good part of the budget prepares nothing, whatever it is called: the
share is the rule pack's.
"""

from decimal import Decimal

from govproject import ContractFacts, Finding, Findings, RulePack, block, rule, warn
from govproject.terms import Track

_WHOLE = Decimal(100)


@rule("contract", article="6", clause="2", quote="项目单位不得未批先建")
def no_build_before_approval(facts: ContractFacts, pack: RulePack) -> Findings:
    """Nothing is built before the approval, or before the internal review that was filed.

    >>> from govproject.regulation.pack import pack
    >>> facts = ContractFacts.example(approval_number=None, approved_on=None)
    >>> [finding.message for finding in no_build_before_approval(facts, pack("tinghu-2025"))]
    ['项目实行全过程管理，尚未取得立项批复，不得签订合同。']
    >>> filed = {"track": "filing", "internal_review_on": "2026-07-15"}
    >>> no_build_before_approval(ContractFacts.example(**filed), pack("tinghu-2025"))
    ()
    >>> study = facts.supposing({"subject": "service", "amount_yuan": "240000"})
    >>> [found.severity for found in no_build_before_approval(study, pack("tinghu-2025"))]
    ['warn']
    >>> dearer = study.supposing({"prepared_yuan": "0.01"})
    >>> [found.severity for found in no_build_before_approval(dearer, pack("tinghu-2025"))]
    ['block']
    """
    if facts.track is Track.FILING:
        yield from _after_internal_review(facts, pack)
    elif facts.approval_number is None:
        yield _early(
            facts,
            pack,
            "项目实行全过程管理，尚未取得立项批复",
            remedy="请先按程序办理立项，取得批复后再采购和签订合同。",
            approval_number=None,
        )
    elif facts.approved_on is None:
        yield warn(
            f"立项批复{facts.approval_number}的日期没有记录，未能核对是否先批后建。",
            remedy="请核对中标通知书日期不早于批复日期。",
            approval_number=facts.approval_number,
        )
    elif facts.award_notice_on is not None and facts.award_notice_on < facts.approved_on:
        yield _early(
            facts,
            pack,
            f"中标通知书日期{facts.award_notice_on}早于立项批复日期{facts.approved_on}",
            remedy="未批先建的合同不予登记；请核对日期，或在批复后重新组织采购。",
            award_notice_on=facts.award_notice_on.isoformat(),
            approved_on=facts.approved_on.isoformat(),
        )


def _after_internal_review(facts: ContractFacts, pack: RulePack) -> Findings:
    reviewed_on = facts.internal_review_on
    if reviewed_on is None:
        yield _early(
            facts,
            pack,
            "项目实行报备制管理，尚无报备的内部技术审查及论证记录（第26条）",
            remedy="请先组织内部技术审查及论证，并提交报备；报备信息不规范的，请先更正。",
            internal_review_on=None,
        )
    elif facts.award_notice_on is not None and facts.award_notice_on < reviewed_on:
        yield _early(
            facts,
            pack,
            f"中标通知书日期{facts.award_notice_on}早于内部技术审查论证日期{reviewed_on}（第26条）",
            remedy="审查论证通过后方可实施；请核对日期，或在论证通过后重新组织采购。",
            award_notice_on=facts.award_notice_on.isoformat(),
            internal_review_on=reviewed_on.isoformat(),
        )


def _early(
    facts: ContractFacts, pack: RulePack, why: str, *, remedy: str, **fact: object
) -> Finding:
    """Refuses what carries the project out, or costs as if; points out what prepares it."""
    if facts.subject.carries_out(facts.kind):
        return block(f"{why}，不得签订合同。", remedy=remedy, **fact)
    total = facts.prepared_yuan + facts.amount_yuan
    if facts.budget_yuan is not None:
        limit = facts.budget_yuan * pack.preparing_max_percent / _WHOLE
        if total > limit:
            return block(
                f"{why}；前期和配套合同（含本合同）合计{total}元，超过项目预算"
                f"{facts.budget_yuan}元的{pack.preparing_max_percent}%（{limit:.2f}元），"
                "不属于前期或配套工作，不得签订合同。",
                remedy=remedy,
                total_yuan=str(total),
                limit_yuan=f"{limit:.2f}",
                **fact,
            )
    return warn(
        f"{why}；合同标的为{facts.subject.zh}，确属前期或配套工作的可以签订。",
        remedy="请核对合同标的；合同含建设内容或货物采购的，应登记为建设或货物，按未批先建不予登记。",
        subject=facts.subject.value,
        **fact,
    )
