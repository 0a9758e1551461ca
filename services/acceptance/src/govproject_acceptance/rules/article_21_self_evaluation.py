"""第21条 项目单位应在项目终验并投入运行后12个月内，进行项目自评估……形成自评估报告至区数据局。"""

from govproject import Citation, RulePack
from govproject.regulation.periods import add_months, rolled
from govproject_acceptance.rules.duty import Accepted, Duty

CITATION = Citation("21", "1", "应在项目终验并投入运行后12个月内，进行项目自评估")


def self_evaluation_12_months(accepted: Accepted, pack: RulePack) -> Duty:
    """Twelve months from the later of acceptance and operation: both must have happened.

    >>> from datetime import date
    >>> from govproject.regulation.pack import pack
    >>> accepted = Accepted.example(date(2025, 8, 4), in_operation_on=date(2025, 9, 1))
    >>> self_evaluation_12_months(accepted, pack("tinghu-2025")).due.day
    datetime.date(2026, 9, 1)
    """
    start = max(accepted.passed_on, accepted.in_operation_on)
    return Duty(
        "self_evaluation_12_months",
        CITATION,
        "开展项目自评估，形成自评估报告报区数据局",
        due=rolled(add_months(start, pack.self_evaluation_months)),
    )
