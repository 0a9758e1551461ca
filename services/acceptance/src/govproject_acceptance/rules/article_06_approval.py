"""第6条 区数据局对未列入年度计划的政务信息化项目原则上不予审批，项目单位不得未批先建。"""

from govproject import AcceptanceFacts, Findings, block, rule, warn
from govproject.terms import AcceptanceStage, Track
from govproject_acceptance.rules.requirements import MEETINGS, is_filed, judged_on

_CARRIED_OUT = (AcceptanceStage.COMPLETION, AcceptanceStage.TRIAL)
"""The steps that say of a day what had been built by then."""


@rule("acceptance", article="6", clause="2", quote="项目单位不得未批先建")
def no_build_before_approval(facts: AcceptanceFacts) -> Findings:
    """On the full-process track building starts after approval; what did not is not accepted.

    The day of the step counts: an approval of a later day makes nothing lawful that went before.

    >>> facts = AcceptanceFacts.example(approved=False)
    >>> [finding.relief.value for finding in no_build_before_approval(facts)]
    ['none']
    """
    if facts.track is Track.FULL_PROCESS and not facts.approved:
        late = facts.approved_on
        yield block(
            f"立项批复于{late.isoformat()}取得，晚于{judged_on(facts).isoformat()}"
            f"{facts.stage.zh}：全过程管理项目不得未批先建。"
            if late is not None
            else f"全过程管理项目尚未取得立项批复，不得未批先建，也不能办理{facts.stage.zh}。",
            remedy=f"请核对日期：{facts.stage.zh}日期应不早于立项批复日期{late.isoformat()}；"
            "批复前已经实施的属于未批先建，不能以此办理。"
            if late is not None
            else f"请先完成立项审批，取得立项批复后再办理{facts.stage.zh}。",
            track=facts.track.value,
            approved=False,
            approved_on=late and late.isoformat(),
        )


@rule("acceptance", article="6", clause="2", quote="项目单位不得未批先建")
def no_start_before_filing(facts: AcceptanceFacts) -> Findings:
    """On the filing track building starts after the internal review (Art 26), which a filing shows.

    So does whatever is completed, tried or met for. How late it was filed, Art 27 says of meetings
    alone; a completion before the declaration may be that of a system of before this one.

    >>> facts = AcceptanceFacts.example(track="filing", stage="kick_off", filing_status="none")
    >>> [finding.message for finding in no_start_before_filing(facts)]
    ['项目实行报备制管理，未报备，没有内部技术审查及论证的记录（第26条），不得启动实施。']
    >>> filed = {"filing_status": "accepted", "internal_review_on": "2026-08-02"}
    >>> tried = {"track": "filing", "stage": "trial", "held_on": "2026-08-01"}
    >>> facts = AcceptanceFacts.example(**tried, **filed)
    >>> [finding.severity for finding in no_start_before_filing(facts)]
    ['block']
    """
    if facts.track is not Track.FILING:
        return
    day, reviewed_on = judged_on(facts), facts.internal_review_on
    if facts.stage not in MEETINGS and not is_filed(facts):
        yield block(
            f"项目实行报备制管理，{facts.filing_status.zh}，"
            f"没有内部技术审查及论证的记录（第26条），{_forbidden(facts.stage)}。",
            remedy="请先组织内部技术审查及论证并提交报备；报备信息不规范的，请先更正。",
            filing_status=facts.filing_status.value,
        )
    elif reviewed_on is not None and day < reviewed_on:
        yield block(
            f"{facts.stage.zh}日期{day}早于内部技术审查论证日期{reviewed_on}：审查论证通过后"
            "方可实施（第26条），不得未批先建。",
            remedy=f"请核对日期：{facts.stage.zh}日期应不早于内部技术审查论证日期；"
            "审查论证日期填报有误的，请更正报备。",
            internal_review_on=reviewed_on.isoformat(),
        )
    elif reviewed_on is None and facts.stage in _CARRIED_OUT:
        yield warn(
            "没有收到报备的内部技术审查论证日期，未能核对是否先审查论证后实施（第26条）。",
            remedy=f"请核对{facts.stage.zh}日期不早于内部技术审查论证日期。",
            internal_review_on=None,
        )
    if facts.stage in _CARRIED_OUT and facts.declared_on is not None and day < facts.declared_on:
        yield warn(
            f"{facts.stage.zh}日期{day}早于项目申报日期{facts.declared_on}。",
            remedy="请核对日期；确为申报前已经实施的项目，请在验收时核实实施依据。",
            declared_on=facts.declared_on.isoformat(),
        )


def _forbidden(stage: AcceptanceStage) -> str:
    return "不得启动实施" if stage is AcceptanceStage.KICK_OFF else f"不能办理{stage.zh}"
