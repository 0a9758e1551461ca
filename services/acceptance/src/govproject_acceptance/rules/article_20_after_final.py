"""第20条 ……项目终验合格后，项目单位须在一个月内将验收报告及相关佐证资料通过……系统上传。

项目建成投用后，应严格遵照相关规定，及时在江苏财政预算管理一体化资产云平台完成资产登记入库。
"""

from govproject import Citation, RulePack
from govproject.regulation.duty import Duty
from govproject.regulation.periods import Period
from govproject_acceptance.rules.accepted import Accepted

ASSETS = Citation("20", "2", "及时在江苏财政预算管理一体化资产云平台完成资产登记入库")
REPORT = Citation(
    "20", "4", "项目单位须在一个月内将验收报告及相关佐证资料通过市级政务信息化项目管理系统上传"
)


def asset_registration(accepted: Accepted, pack: RulePack) -> Duty:
    """Register the assets; no day is named (及时).

    >>> from datetime import date
    >>> from govproject.regulation.pack import pack
    >>> asset_registration(Accepted.example(date(2026, 8, 3)), pack("tinghu-2025")).due()
    """
    return Duty(
        "asset_registration",
        ASSETS,
        "在江苏财政预算管理一体化资产云平台完成资产登记入库",
        period=None,
    )


def upload_acceptance_report_1_month(accepted: Accepted, pack: RulePack) -> Duty:
    """One calendar month after the pass day, rolled to a working day (民法典第201、202、203条).

    >>> from datetime import date
    >>> from govproject.regulation.pack import pack
    >>> accepted = Accepted.example(date(2026, 9, 1))  # 1 October is a holiday
    >>> upload_acceptance_report_1_month(accepted, pack("tinghu-2025")).due().day
    datetime.date(2026, 10, 8)
    """
    return Duty(
        "upload_acceptance_report_1_month",
        REPORT,
        "通过市级政务信息化项目管理系统上传验收报告及相关佐证资料",
        period=Period.of_months(accepted.passed_on, pack.acceptance_report_months),
    )
