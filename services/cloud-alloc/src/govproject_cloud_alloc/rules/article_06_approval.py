"""第6条 区数据局对未列入年度计划的政务信息化项目原则上不予审批，项目单位不得未批先建。"""

from govproject import AllocationFacts, Findings, block, rule
from govproject.terms import Track


@rule("allocation", article="6", clause="2", quote="项目单位不得未批先建")
def no_build_before_approval(facts: AllocationFacts) -> Findings:
    """On the full-process track, resources before approval would be building before approval.

    The filing track has no approval; its Art 27 filing is asked for instead.

    >>> facts = AllocationFacts.example(approval_number=None)
    >>> [finding.relief.value for finding in no_build_before_approval(facts)]
    ['none']
    """
    if facts.track is Track.FULL_PROCESS and facts.approval_number is None:
        yield block(
            "全过程管理项目尚未取得立项批复，不得未批先建。",
            remedy="请完成预审、部门会审、专家评审、财政评审并取得立项批复后重新申请。",
            track=facts.track.value,
            approval_number=None,
        )
