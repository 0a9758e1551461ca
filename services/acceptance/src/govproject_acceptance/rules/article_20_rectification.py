"""第20条 终验不合格的，项目单位须严格按照验收组整改意见限期整改，并按程序重新申请项目终验。"""

from govproject import AcceptanceFacts, Findings, block, rule, warn
from govproject.terms import AcceptanceStage, Veto
from govproject_acceptance.rules.article_19_vetoes import holds


@rule(
    "acceptance",
    article="20",
    clause="1",
    quote="须严格按照验收组整改意见限期整改，并按程序重新申请项目终验",
)
def failed_final_rectify(facts: AcceptanceFacts) -> Findings:
    """The opinion of a failed meeting sets a limit; a new application after it is late.

    >>> from datetime import date
    >>> facts = AcceptanceFacts.example(held_on=date(2026, 8, 3), archive_check_passed=False)
    >>> [finding.severity for finding in failed_final_rectify(facts)]
    ['block']
    """
    if facts.stage is not AcceptanceStage.FINAL or facts.held_on is None:
        return
    failed = any(holds(facts, veto) for veto in Veto)
    if failed and (facts.rectify_by is None or facts.rectify_by <= facts.held_on):
        yield block(
            "终验不通过的，终验意见须载明整改期限，且整改期限应晚于会议日期。",
            remedy="请在终验意见中写明整改期限。",
            rectify_by=facts.rectify_by and facts.rectify_by.isoformat(),
            held_on=facts.held_on.isoformat(),
        )
    limit = facts.previous_rectify_by
    if limit is not None and facts.held_on > limit:
        yield warn(
            f"上一次终验意见要求在{limit.isoformat()}前完成整改，本次终验已超过该期限。",
            remedy="请在终验意见中说明逾期整改的原因。",
            previous_rectify_by=limit.isoformat(),
            held_on=facts.held_on.isoformat(),
        )
