"""第20条 终验不合格的，项目单位须严格按照验收组整改意见限期整改，并按程序重新申请项目终验。"""

from datetime import date

from govproject import AcceptanceFacts, Citation, Findings, block, rule, warn
from govproject.regulation.duty import Duty
from govproject.regulation.periods import Period
from govproject.terms import AcceptanceStage, Veto
from govproject_acceptance.rules.article_19_vetoes import holds
from govproject_acceptance.rules.requirements import judged_on

AGAIN = Citation("20", "1", "限期整改，并按程序重新申请项目终验")


def rectify_and_apply_again(failed_on: date, rectify_by: date) -> Duty:
    """The day is the opinion's own: it does not move off a day off.

    >>> rectify_and_apply_again(date(2026, 8, 3), date(2026, 10, 4)).due().day
    datetime.date(2026, 10, 4)
    """
    return Duty(
        failed_final_rectify.__name__,
        AGAIN,
        f"{failed_on.isoformat()}终验不合格，按整改意见完成整改并重新申请终验",
        period=Period.of_months(rectify_by, 0, rolls=False),
    )


@rule(
    "acceptance",
    article="20",
    clause="1",
    quote="须严格按照验收组整改意见限期整改，并按程序重新申请项目终验",
)
def failed_final_rectify(facts: AcceptanceFacts) -> Findings:
    """The opinion of a failed meeting sets a limit; a new application after it is late.

    It comes on a later day, after each case that was found has been mended, with proof.

    >>> from datetime import date
    >>> facts = AcceptanceFacts.example(held_on=date(2026, 8, 3), archive_check_passed=False)
    >>> [finding.severity for finding in failed_final_rectify(facts)]
    ['block']
    >>> facts = AcceptanceFacts.example(
    ...     previous_failed_on=date(2026, 7, 1), not_rectified=("xinchuang",)
    ... )
    >>> [finding.message for finding in failed_final_rectify(facts)]
    ['上一次终验不合格，尚无整改记录：未满足信创技术路线要求。']
    """
    if facts.stage is not AcceptanceStage.FINAL:
        return
    yield from _applied_again(facts)
    if facts.held_on is None:
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


def _applied_again(facts: AcceptanceFacts) -> Findings:
    failed_on, day = facts.previous_failed_on, judged_on(facts)
    if failed_on is not None and day <= failed_on:
        yield block(
            f"上一次终验于{failed_on.isoformat()}不合格，须整改后重新申请，"
            "不能在当日或之前再次终验。",
            remedy="请按验收组整改意见完成整改，按程序重新申请，另行确定终验日期。",
            previous_failed_on=failed_on.isoformat(),
            held_on=day.isoformat(),
        )
    if facts.not_rectified:
        yield block(
            "上一次终验不合格，尚无整改记录："
            f"{'；'.join(veto.zh for veto in facts.not_rectified)}。",
            remedy="请就每一情形完成整改，并登记整改日期、整改情况和佐证材料。",
            not_rectified=[veto.value for veto in facts.not_rectified],
        )
