"""第6条 区数据局对未列入年度计划的政务信息化项目原则上不予审批，项目单位不得未批先建。

原则上: an exception recorded by the bureau lets an urgent project through; it shows on the
decision. 不得未批先建 is asked where it can be seen: here of the tender documents, elsewhere of
contracts, acceptance and the government cloud. On the filing track, which has no approval, the
filing shows that the unit's own review was held (Art 26).
"""

from govproject import ApprovalFacts, Findings, TenderFacts, block, rule, warn
from govproject.terms import FilingStatus, ReliefKind, Track


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
    """The approval comes before the tender; on the filing track, the filing with its review.

    >>> [f.article for f in no_build_before_approval(TenderFacts.example(approved=False))]
    ['6']
    >>> facts = TenderFacts.example(track="filing", filing_status="none")
    >>> [finding.message for finding in no_build_before_approval(facts)]
    ['报备制项目尚未报备单位内部技术审查论证情况（第26条），不得未批先建。']
    """
    if facts.track is Track.FULL_PROCESS:
        if not facts.approved:
            yield block(
                "全过程管理项目尚未取得立项批复，不得未批先建。",
                remedy="请取得立项批复后再编制招标文件进行招投标。",
                track=facts.track.value,
                approved=False,
            )
    elif facts.filing_status is FilingStatus.NONE:
        yield block(
            "报备制项目尚未报备单位内部技术审查论证情况（第26条），不得未批先建。",
            remedy="请通过单位内部技术审查及论证，并在系统提交报备后再编制招标文件。",
            filing_status=facts.filing_status.value,
        )
    elif facts.filing_status is FilingStatus.IRREGULAR:
        yield block(
            "报备制项目的报备信息不规范，尚未更正，不得未批先建。",
            remedy="请按区数据局指出的问题更正报备后再编制招标文件。",
            filing_status=facts.filing_status.value,
        )
    elif facts.filing_status is None:
        yield warn(
            "评审系统没有该项目报备情况的记录，未能核对单位内部技术审查论证情况（第26条）。",
            remedy="请项目单位核对已提交报备并通过内部技术审查论证。",
            filing_status=None,
        )
