"""第5条 每年第三季度，项目单位提前做好下一年度政务信息化项目规划并编制好申报材料，报送至区数据局。

项目申报材料包括……（三）与项目有关的上级规划、批示、批复、会议纪要等文件依据。
"""

from govproject import DeclarationFacts, Findings, block, rule, warn

_THIRD_QUARTER = (7, 8, 9)


@rule(
    "declaration",
    article="5",
    clause="1",
    quote="每年第三季度，项目单位提前做好下一年度政务信息化项目规划",
)
def plan_submission_q3(facts: DeclarationFacts) -> Findings:
    """The window for plan year Y+1 is 1 July to 30 September of Y; later is late, not refused.

    >>> from datetime import date
    >>> late = DeclarationFacts.example(today=date(2026, 10, 1))
    >>> [finding.severity for finding in plan_submission_q3(late)]
    ['warn']
    """
    in_window = facts.today.month in _THIRD_QUARTER and facts.plan_year == facts.today.year + 1
    if not in_window:
        yield warn(
            f"{facts.plan_year}年度项目计划应在{facts.plan_year - 1}年第三季度申报，"
            "本次申报不在规定时间内。",
            remedy="请在申报说明中载明逾期或年中追加的理由，由区数据局决定是否受理。",
            plan_year=facts.plan_year,
            declared_on=facts.today.isoformat(),
        )


@rule(
    "declaration",
    article="5",
    clause="(三)",
    quote="与项目有关的上级规划、批示、批复、会议纪要等文件依据",
)
def material_policy_basis(facts: DeclarationFacts) -> Findings:
    """At least one document on which the project rests.

    >>> facts = DeclarationFacts.example(policy_basis=())
    >>> [finding.rule for finding in material_policy_basis(facts)]
    ['material_policy_basis']
    """
    if not facts.policy_basis:
        yield block(
            "申报材料缺少项目依据文件。",
            remedy="请至少提供一份与项目有关的上级规划、批示、批复或会议纪要。",
            policy_basis=[],
        )
