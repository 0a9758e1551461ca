"""第2条 各单位新建政务系统项目，统一部署在区政务云；已建的政务系统项目，统一迁移至区政务云。

国家明确规定必须单独建设的，应当做好数据共享和业务协同工作。
"""

from govproject import AllocationFacts, Findings, block, rule
from govproject.terms import DeploymentTarget


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
