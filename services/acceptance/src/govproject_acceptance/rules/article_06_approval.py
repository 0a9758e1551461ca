"""第6条 区数据局对未列入年度计划的政务信息化项目原则上不予审批，项目单位不得未批先建。"""

from govproject import AcceptanceFacts, Findings, block, rule
from govproject.terms import Track
from govproject_acceptance.rules.requirements import judged_on


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
