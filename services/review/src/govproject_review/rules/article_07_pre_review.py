"""第7条 项目预审材料提交后，由区数据局组织开展项目预审工作。

重点审查项目建设必要性、建设依据、基础设施使用情况、数字化改革关系、系统数据资源需求、
数据资源设计等相关内容。

等 leaves the list open: the six are asked of every project, and a bureau that reviews more sends
its further points along; each point that fails refuses.
"""

from govproject import ApprovalFacts, Findings, PreReviewFacts, block, rule
from govproject_review.rules.article_02_exemption import PORTAL_POINT

POINTS = {
    "necessity": "建设必要性",
    "basis": "建设依据",
    "infrastructure_use": "基础设施使用情况",
    "digital_reform": "数字化改革关系",
    "data_needs": "系统数据资源需求",
    "data_resource_design": "数据资源设计",
}


@rule(
    "pre_review",
    article="7",
    clause="2",
    quote=(
        "重点审查项目建设必要性、建设依据、基础设施使用情况、"
        "数字化改革关系、系统数据资源需求、数据资源设计等相关内容"
    ),
)
def pre_review_focus(facts: PreReviewFacts) -> Findings:
    """All six points are looked at, and every point looked at is met.

    >>> good = PreReviewFacts.example().points
    >>> facts = PreReviewFacts.example(points={**good, "basis": False})
    >>> [finding.message for finding in pre_review_focus(facts)]
    ['预审发现以下方面不符合要求：建设依据。']
    """
    missing = [point for point in POINTS if point not in facts.points]
    if missing:
        yield block(
            f"预审尚未审查以下方面：{_names(missing)}。",
            remedy="请区数据局逐项审查后作出预审结论。",
            missing=missing,
        )
    unmet = [point for point, met in facts.points.items() if not met]
    if unmet:
        yield block(
            f"预审发现以下方面不符合要求：{_names(unmet)}。",
            remedy="请项目单位按预审意见修改材料后重新提交。",
            unmet=unmet,
        )


@rule("approval", article="7", clause="1", quote="由区数据局组织开展项目预审工作")
def pre_review(facts: ApprovalFacts) -> Findings:
    """Without a passed pre-review nothing that follows counts.

    >>> facts = ApprovalFacts.example(pre_review_passed=False)
    >>> [finding.article for finding in pre_review(facts)]
    ['7']
    """
    if not facts.pre_review_passed:
        yield block(
            "项目尚未通过预审。",
            remedy="请提交预审材料，通过区数据局组织的预审后再办理立项。",
            pre_review_passed=False,
        )


def _names(points: list[str]) -> str:
    known = {**POINTS, PORTAL_POINT: "集成到市级统一移动门户"}
    return "、".join(known.get(point, point) for point in points)
