"""第3条 区政务信息化项目均应纳入市级政务信息化项目管理系统统一管理。

The same duty is asked twice, each time by a rule of its gate: when the materials are passed, and
again when the project is approved.
"""

from govproject import ApprovalFacts, Findings, PreReviewFacts, block, rule

_QUOTE = "均应纳入市级政务信息化项目管理系统统一管理"


@rule("pre_review", article="3", clause="1", quote=_QUOTE)
def pre_review_in_city_system(facts: PreReviewFacts) -> Findings:
    """A project is reviewed where all projects are managed.

    >>> facts = PreReviewFacts.example(city_system_ref=None)
    >>> [finding.article for finding in pre_review_in_city_system(facts)]
    ['3']
    """
    if facts.city_system_ref is None:
        yield block(
            "项目尚未纳入市级政务信息化项目管理系统，不能通过预审。",
            remedy="请项目单位在市级政务信息化项目管理系统登记项目，区数据局登记取得的编号后再预审。",
            city_system_ref=None,
        )


@rule("approval", article="3", clause="1", quote=_QUOTE)
def register_in_city_system(facts: ApprovalFacts) -> Findings:
    """Only a project that is managed in the municipal system is approved.

    >>> facts = ApprovalFacts.example(city_system_ref=None)
    >>> [finding.article for finding in register_in_city_system(facts)]
    ['3']
    """
    if facts.city_system_ref is None:
        yield block(
            "项目尚未纳入市级政务信息化项目管理系统，不能立项。",
            remedy="请项目单位在市级政务信息化项目管理系统登记项目，区数据局登记取得的编号后再办理立项。",
            city_system_ref=None,
        )
