"""第32条 项目单位应当……建立健全网络安全管理制度，明确责任和人员，落实网络安全专项经费。

The cost assessment has a head for network security; Art 8 allows zero with a word, so zero is shown
to the bureau and refuses nothing by itself.
"""

from govproject import Findings, MaterialsFacts, rule, warn
from govproject.terms import CostHead


@rule("materials", article="32", clause="2", quote="落实网络安全专项经费")
def security_funds(facts: MaterialsFacts) -> Findings:
    """A project that plans nothing for network security is looked at.

    >>> from decimal import Decimal
    >>> facts = MaterialsFacts.example(costs_yuan={"network_security_cost": Decimal(0)})
    >>> [(finding.severity, finding.message) for finding in security_funds(facts)]
    [('warn', '造价评估报告的网络安全费为0元，未安排网络安全专项经费。')]
    """
    if facts.costs_yuan.get(CostHead.NETWORK_SECURITY_COST) == 0:
        yield warn(
            "造价评估报告的网络安全费为0元，未安排网络安全专项经费。",
            remedy="请项目单位安排网络安全专项经费；由其他资金保障的，请区数据局预审时核对说明。",
            network_security_cost="0",
        )
