"""第31条 区政务信息化项目免费运维期从项目终验合格之日起计算……免费运维期不低于2年。"""

from govproject import Citation, RulePack
from govproject.regulation.duty import Duty
from govproject.regulation.periods import Period
from govproject_acceptance.rules.accepted import Accepted
from govproject_acceptance.rules.requirements import ON_NEED

CITATION = Citation("31", "1", "免费运维期从项目终验合格之日起计算")


def free_ops_start(accepted: Accepted, pack: RulePack) -> Duty | None:
    """Free maintenance runs from the pass day, two years at least, longer if the contract says so.

    The minimum is for construction; an operation or service contract has what it agreed on. The
    pass day is not counted (民法典第201条), and a period that runs out is not rolled.

    >>> from datetime import date
    >>> from govproject.regulation.pack import pack
    >>> accepted = Accepted.example(date(2026, 3, 15), free_ops_months=12)
    >>> free_ops_start(accepted, pack("tinghu-2025")).due().day
    datetime.date(2028, 3, 15)
    """
    minimum = 0 if accepted.kind in ON_NEED else pack.free_ops_min_months
    months = max(minimum, accepted.free_ops_months)
    if not months:
        return None
    return Duty(
        "free_ops_start",
        CITATION,
        f"免费运维期{months}个月，期满前由承建单位免费运维",
        period=Period.of_months(accepted.passed_on, months, rolls=False),
        runs_until_due=True,
    )
