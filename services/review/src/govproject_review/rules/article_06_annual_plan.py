"""第6条 区数据局对未列入年度计划的政务信息化项目原则上不予审批，项目单位不得未批先建。

原则上: an exception recorded by the bureau lets an urgent project through; it shows on the
decision. 不得未批先建 is asked where it can be seen: here of the tender documents, elsewhere of
contracts, acceptance and the government cloud.
"""

from govproject import ApprovalFacts, Findings, TenderFacts, block, rule
from govproject.terms import ReliefKind, Track


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


@rule("tender", article="6", clause="2", quote="项目单位不得未批先建")
def no_build_before_approval(facts: TenderFacts) -> Findings:
    """On the full-process track, the approval comes before the tender.

    >>> [f.article for f in no_build_before_approval(TenderFacts.example(approved=False))]
    ['6']
    """
    if facts.track is Track.FULL_PROCESS and not facts.approved:
        yield block(
            "全过程管理项目尚未取得立项批复，不得未批先建。",
            remedy="请取得立项批复后再编制招标文件进行招投标。",
            track=facts.track.value,
            approved=False,
        )
