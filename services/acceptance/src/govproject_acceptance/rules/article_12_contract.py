"""第12条 项目单位……严格执行招标投标、政府采购、工程监理、合同管理等制度要求。

What Arts 13, 19, 31, 33 and 40 ask of contracts can be asked only of those on record.
"""

from govproject import AcceptanceFacts, Findings, block, rule, warn
from govproject_acceptance.rules.requirements import MEETINGS


@rule(
    "acceptance",
    article="12",
    clause="2",
    quote="严格执行招标投标、政府采购、工程监理、合同管理等制度要求",
)
def contract_on_record(facts: AcceptanceFacts) -> Findings:
    """No meeting while no contract that carries the project out is on record; without any, say why.

    >>> facts = AcceptanceFacts.example(contracts=0)
    >>> [finding.severity for finding in contract_on_record(facts)]
    ['block']
    >>> facts = AcceptanceFacts.example(contracts=0, no_contract_reason="本单位自行开发")
    >>> [finding.severity for finding in contract_on_record(facts)]
    ['warn']
    """
    if facts.stage not in MEETINGS or facts.contracts:
        return
    if facts.no_contract_reason is None:
        yield block(
            f"项目尚无合同备案记录，不能组织{facts.stage.zh}。",
            remedy="请登记已备案的项目合同（监理、测评、咨询合同不计）；确无合同（如本单位自行建设）的，请登记理由。",
            contracts=0,
        )
    else:
        yield warn(
            f"项目没有合同：{facts.no_contract_reason}",
            remedy="请在验收时核实该理由。",
            reason=facts.no_contract_reason,
        )
