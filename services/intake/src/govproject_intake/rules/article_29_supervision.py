"""第29条 ……对报备信息不实、违规建设的项目，责令限期整改，

对整改不到位的暂停相关信息化资源使用权。
"""

from datetime import date

from govproject import Citation
from govproject.regulation.duty import Duty
from govproject.regulation.periods import Period

CITATION = Citation("29", "3", "对报备信息不实、违规建设的项目，责令限期整改")


def false_filing_rectify(problem: str, due_on: date | None) -> Duty:
    """Put right what an order names, by the day it names; without one where that day has passed.

    The order names a day and no period, so a day off does not move it.

    >>> from datetime import date
    >>> duty = false_filing_rectify("日志留存不足六个月。", date(2026, 10, 1))
    >>> duty.task, duty.due().day.isoformat()
    ('整改并报告整改情况：日志留存不足六个月。', '2026-10-01')
    """
    return Duty(
        "false_filing_rectify",
        CITATION,
        f"整改并报告整改情况：{problem}",
        period=None if due_on is None else Period.of_months(due_on, 0, rolls=False),
    )
