"""第7条 项目预审……重点审查项目建设必要性、建设依据、基础设施使用情况……等相关内容。

What was reviewed is what may be used: a request beyond the reviewed plan was never reviewed.
"""

from govproject import AllocationFacts, Findings, block, rule

_UNITS = {
    "vcpus": ("虚拟CPU", "核"),
    "memory_gib": ("内存", "GiB"),
    "storage_gib": ("存储", "GiB"),
    "public_ips": ("公网IP", "个"),
    "bandwidth_mbps": ("带宽", "Mbps"),
}


@rule("allocation", article="7", clause="2", quote="重点审查…基础设施使用情况")
def within_reviewed_plan(facts: AllocationFacts) -> Findings:
    """What is in use and asked for together stays within the approved or filed plan.

    >>> facts = AllocationFacts.example(
    ...     planned={"vcpus": 32}, in_use={"vcpus": 24}, requested={"vcpus": 16}
    ... )
    >>> [finding.message for finding in within_reviewed_plan(facts)]
    ['申请超出已批准或报备的云资源计划：虚拟CPU超出8核。']
    """
    if facts.planned is None:
        return
    over = (facts.in_use + facts.requested).beyond(facts.planned)
    if over:
        amounts = "、".join(
            f"{_UNITS[name][0]}超出{amount}{_UNITS[name][1]}" for name, amount in over.items()
        )
        yield block(
            f"申请超出已批准或报备的云资源计划：{amounts}。",
            remedy="请在计划范围内申请；确需增加的，请办理变更并完成报备或报批后重新申请。",
            over=over,
            planned=facts.planned.model_dump(),
            in_use=facts.in_use.model_dump(),
        )
