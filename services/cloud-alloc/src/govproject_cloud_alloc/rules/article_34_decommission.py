"""第34条 确需停用、迁移业务系统的，区级各相关单位须及时向区数据局、区财政局报备。

严格按规范要求做好业务数据、云资源等国有资产处置工作。
"""

from govproject import AllocationFacts, Findings, block, rule


@rule("allocation", article="34", clause="1", quote="确需停用、迁移业务系统的")
def decommission_report(facts: AllocationFacts) -> Findings:
    """A project reported as stopped gives resources back and gets no new ones.

    >>> facts = AllocationFacts.example(decommissioned=True)
    >>> [finding.article for finding in decommission_report(facts)]
    ['34']
    """
    if facts.decommissioned:
        yield block(
            "项目已报停用或迁移，不再分配新的资源。",
            remedy="请按第34条做好业务数据和云资源处置；如需继续建设，请重新申报项目。",
            decommissioned=True,
        )
