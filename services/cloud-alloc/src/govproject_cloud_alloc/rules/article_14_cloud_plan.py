"""第14条 项目单位应做好云资源申请与部署计划……等内容。"""

from govproject import AllocationFacts, Findings, block, rule
from govproject.terms import Track


@rule("allocation", article="14", clause="1", quote="项目单位应做好云资源申请与部署计划")
def impl_cloud_deploy_plan(facts: AllocationFacts) -> Findings:
    """Without a plan there is nothing a request could be held against.

    On the full-process track the plan comes with the approval, which Art 6 asks for first. On the
    other it is asked for at once: a decision of the bureau may lift Art 27, and still not every
    amount is allowed.

    >>> facts = AllocationFacts.example(planned=None)
    >>> [finding.article for finding in impl_cloud_deploy_plan(facts)]
    ['14']
    """
    is_due = facts.track is Track.FILING or facts.approval_number is not None
    if is_due and facts.planned is None:
        yield block(
            "项目没有云资源申请与部署计划，无法核定分配数量。",
            remedy="请在申报、报备或变更中补充云资源申请与部署计划后重新申请。",
            planned=None,
        )
