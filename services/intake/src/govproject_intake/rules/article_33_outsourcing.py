"""第33条 项目单位应当……在服务合同（协议）中明确网络安全责任和要求。"""

from govproject import ContractFacts, Findings, block, rule


@rule("contract", article="33", clause="3", quote="在服务合同（协议）中明确网络安全责任和要求")
def outsourcing_contract_clause(facts: ContractFacts) -> Findings:
    """Whoever serves from outside has responsibilities for security in the contract.

    A contract of an operation or service project is one of outsourcing; of others the unit says so.

    >>> facts = ContractFacts.example(outsourced=True)
    >>> [finding.rule for finding in outsourcing_contract_clause(facts)]
    ['outsourcing_contract_clause']
    """
    if (facts.outsourced or facts.kind.serves) and facts.security_clause is None:
        yield block(
            "技术服务外包合同未明确网络安全责任和要求。",
            remedy="请在服务合同（协议）中补充网络安全责任和要求条款，并填写所在页码。",
            kind=facts.kind.value,
            outsourced=facts.outsourced,
        )
