"""第6条 区数据局对未列入年度计划的政务信息化项目原则上不予审批，项目单位不得未批先建。"""

from govproject import AcceptanceFacts, Findings, block, rule
from govproject.terms import AcceptanceStage, Track
from govproject_acceptance.rules.requirements import is_filed, judged_on


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
            remedy=f"请先完成立项审批，取得立项批复后再办理{facts.stage.zh}。",
            track=facts.track.value,
            approved=False,
            approved_on=late and late.isoformat(),
        )


@rule("acceptance", article="6", clause="2", quote="项目单位不得未批先建")
def no_start_before_filing(facts: AcceptanceFacts) -> Findings:
    """On the filing track building starts after the internal review (Art 26), which a filing shows.

    >>> facts = AcceptanceFacts.example(track="filing", stage="kick_off", filing_status="none")
    >>> [finding.message for finding in no_start_before_filing(facts)]
    ['项目实行报备制管理，未报备，没有内部技术审查及论证的记录（第26条），不得启动实施。']
    """
    if (
        facts.track is Track.FILING
        and facts.stage is AcceptanceStage.KICK_OFF
        and not is_filed(facts)
    ):
        yield block(
            f"项目实行报备制管理，{facts.filing_status.zh}，"
            "没有内部技术审查及论证的记录（第26条），不得启动实施。",
            remedy="请先组织内部技术审查及论证并提交报备；报备信息不规范的，请先更正。",
            filing_status=facts.filing_status.value,
        )
