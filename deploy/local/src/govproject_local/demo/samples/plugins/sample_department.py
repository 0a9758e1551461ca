"""A department's own rule, as one file in the plugins folder (the department is made up)."""

from govproject import AllocationFacts, Findings, block, rule


@rule("allocation", source="示例部门〔2026〕3号", article="2", quote="一次申请公网IP不得超过4个")
def at_most_four_public_ips(facts: AllocationFacts) -> Findings:
    """One request asks for at most four public addresses."""
    if facts.requested.public_ips > 4:
        yield block(
            "一次申请公网IP超过4个。",
            remedy="请减少公网IP或分批申请。",
            public_ips=facts.requested.public_ips,
        )
