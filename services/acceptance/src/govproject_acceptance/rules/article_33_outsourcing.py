"""第33条 项目单位应当建立技术服务外包网络安全管理制度，及时评估服务外包的网络安全风险……

It asks those who have technical services done by others.
"""

from govproject import Findings, OperationFacts, block, rule


@rule("operation", article="33", clause="1", quote="建立技术服务外包网络安全管理制度")
def outsourcing_security_rules(facts: OperationFacts) -> Findings:
    """Whoever outsources has written rules for it.

    >>> [f.rule for f in outsourcing_security_rules(OperationFacts.example(outsourced=True))]
    ['outsourcing_security_rules']
    >>> outsourcing_security_rules(OperationFacts.example())
    ()
    """
    if facts.outsourced and facts.outsourcing_rules is None:
        yield block(
            "技术服务已外包，尚未建立技术服务外包网络安全管理制度。",
            remedy="请制定并上传技术服务外包网络安全管理制度。",
            outsourced=True,
        )


@rule("operation", article="33", clause="2", quote="及时评估服务外包的网络安全风险")
def outsourcing_risk(facts: OperationFacts) -> Findings:
    """Whoever outsources has the risk assessed; no day is named (及时).

    >>> [f.rule for f in outsourcing_risk(OperationFacts.example(outsourced=True))]
    ['outsourcing_risk']
    """
    if facts.outsourced and facts.outsourcing_assessed_on is None:
        yield block(
            "技术服务已外包，尚未评估服务外包的网络安全风险。",
            remedy="请开展评估，并登记评估日期和结论。",
            outsourced=True,
        )
