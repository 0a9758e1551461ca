"""第22条 政务信息化项目单位应按年度对本部门信息化项目（包括已建、在建、运维等项目）整体建设、

运行情况进行自我评价，形成部门信息化系统年度运行效能自评价报告并附相关佐证材料，报送至区数据局。
"""

from govproject import Citation, RulePack
from govproject.regulation.duty import Duty
from govproject.regulation.periods import Period

YEARLY = Citation("22", "1", "应按年度对本部门信息化项目")


def report_on_year(year: int, pack: RulePack) -> Duty:
    """The day is one that the rule pack names, no period: it does not move off a day off.

    >>> from govproject.regulation.pack import pack
    >>> report_on_year(2026, pack("tinghu-2025")).due().day
    datetime.date(2027, 1, 31)
    """
    return Duty(
        "annual_department_report",
        YEARLY,
        f"报送本部门{year}年度信息化系统运行效能自评价报告及佐证材料",
        period=Period.of_months(pack.annual_report_due(year), 0, rolls=False),
    )
