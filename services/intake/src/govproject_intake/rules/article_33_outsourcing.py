"""第33条 项目单位应当……在服务合同（协议）中明确网络安全责任和要求。"""

from govproject import ContractFacts, Findings, block, rule
from govproject.terms import ContractSubject


@rule("contract", article="33", clause="3", quote="在服务合同（协议）中明确网络安全责任和要求")
def outsourcing_contract_clause(facts: ContractFacts) -> Findings:
    """Whoever serves from outside has responsibilities for security in the contract.

    A contract of an operation or service project is one of outsourcing; of others the unit says so.
    That a contract for services says nothing of it does not make it none.

    >>> facts = ContractFacts.example(outsourced=True)
    >>> [finding.rule for finding in outsourcing_contract_clause(facts)]
    ['outsourcing_contract_clause']
    >>> facts = ContractFacts.example(subject="service")
    >>> [finding.message for finding in outsourcing_contract_clause(facts)]
    ['服务合同未说明是否属于技术服务外包，也未明确网络安全责任和要求。']
    """
    if facts.security_clause is not None:
        return
    told = {"kind": facts.kind.value, "outsourced": facts.outsourced}
    clause = "请在服务合同（协议）中补充网络安全责任和要求条款，并填写所在页码"
    if facts.outsourced or facts.kind.serves:
        yield block("技术服务外包合同未明确网络安全责任和要求。", remedy=f"{clause}。", **told)
    elif facts.outsourced is None and facts.subject is ContractSubject.SERVICE:
        yield block(
            "服务合同未说明是否属于技术服务外包，也未明确网络安全责任和要求。",
            remedy=f"{clause}；不属于技术服务外包的，请作出说明。",
            subject=facts.subject.value,
            **told,
        )
