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


@rule(
    "pre_review",
    article="7",
    clause="1",
    quote="项目预审材料提交后，由区数据局组织开展项目预审工作",
)
def materials_of_present_project(facts: PreReviewFacts) -> Findings:
    """Materials that were sent in before a filed change describe another project.

    >>> facts = PreReviewFacts.example(materials_outdated=True)
    >>> [finding.article for finding in materials_of_present_project(facts)]
    ['7']
    """
    if facts.materials_outdated:
        yield block(
            "预审材料早于最近一次变更报备，不是现方案的材料。",
            remedy="请区数据局退回，由项目单位按变更后的内容和金额重新提交预审材料。",
            materials_outdated=True,
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


@rule(
    "approval",
    article="7",
    clause="1",
    quote="项目预审材料提交后，由区数据局组织开展项目预审工作",
)
def pre_review_of_present_project(facts: ApprovalFacts) -> Findings:
    """What passed before a filed change were the materials of another project.

    >>> facts = ApprovalFacts.example(pre_review_outdated=True)
    >>> [finding.article for finding in pre_review_of_present_project(facts)]
    ['7']
    """
    if facts.pre_review_passed and facts.pre_review_outdated:
        yield block(
            "预审通过早于最近一次变更报备，预审材料不是现方案的材料。",
            remedy="请项目单位按变更后的内容和金额重新提交预审材料，通过区数据局预审后再办理立项。",
            pre_review_outdated=True,
        )


def _names(points: list[str]) -> str:
    known = {**POINTS, PORTAL_POINT: "集成到市级统一移动门户"}
    return "、".join(known.get(point, point) for point in points)
