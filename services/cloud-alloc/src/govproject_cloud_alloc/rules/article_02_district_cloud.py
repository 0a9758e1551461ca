"""第2条 各单位新建政务系统项目，统一部署在区政务云；已建的政务系统项目，统一迁移至区政务云。

国家明确规定必须单独建设的，应当做好数据共享和业务协同工作。
"""

from datetime import date

from govproject import AllocationFacts, Citation, Findings, block, rule
from govproject.regulation.duty import Duty
from govproject.regulation.periods import Period
from govproject.terms import DeploymentTarget

MIGRATION = "existing_system_migrate"
"""The duty of an existing system, by its id in the ledger."""

MIGRATED = Citation("2", "3", "已建的政务系统项目，统一迁移至区政务云")


@rule(
    "allocation",
    article="2",
    clause="2",
    quote="新建政务系统项目，统一部署在区政务云",
)
def new_system_on_district_cloud(facts: AllocationFacts) -> Findings:
    """A system is built on the district cloud, unless the State requires it to stand alone.

    >>> facts = AllocationFacts.example(deployment_target="elsewhere")
    >>> [finding.rule for finding in new_system_on_district_cloud(facts)]
    ['new_system_on_district_cloud']
    """
    if not facts.builds_system or facts.deployment_target is DeploymentTarget.DISTRICT_CLOUD:
        return
    if facts.deployment_target is DeploymentTarget.NATIONAL_STANDALONE and facts.standalone_basis:
        return
    yield block(
        f"项目申报的系统部署位置为“{facts.deployment_target.zh}”，未统一部署在区政务云。",
        remedy="请以区政务云为部署位置重新申报项目；国家明确规定单独建设的，申报时须填写依据文件。",
        deployment_target=facts.deployment_target.value,
        standalone_basis=facts.standalone_basis,
    )


def move_as_planned(system_name: str, planned_on: date) -> Duty:
    """The text sets no day, so the duty is due on the day that its unit plans.

    >>> move_as_planned("学籍管理系统", date(2026, 10, 1)).due().day  # a holiday
    datetime.date(2026, 10, 1)
    """
    return Duty(
        MIGRATION, MIGRATED, f"将已建系统“{system_name}”迁移至区政务云", period=planned(planned_on)
    )


def planned(day: date) -> Period:
    """A day that people set: it does not move off a day off.

    >>> planned(date(2026, 10, 1)).due().provisional
    False
    """
    return Period.of_months(day, 0, rolls=False)
