"""第13条 采购文件以及采购合同应当明确……相关条款。

知识产权归属、数据产权、数据安全、保密要求、维保年限等；项目单位应根据项目实际保密要求与承建单位签订相应的安全保密协议。
"""

from govproject import ContractFacts, Findings, block, rule, warn
from govproject.terms import ConfidentialityNeed, ContractClause, Track


@rule(
    "contract",
    article="13",
    clause="1",
    quote="知识产权归属、数据产权、数据安全、保密要求、维保年限",
)
def contract_mandatory_clauses(facts: ContractFacts) -> Findings:
    """The contract settles five things, and the unit says where each of them stands.

    >>> clauses = {"ip_ownership": "第3页", "data_property": "第3页", "data_security": "第4页"}
    >>> facts = ContractFacts.example(clauses=clauses)
    >>> [finding.message for finding in contract_mandatory_clauses(facts)]
    ['合同必备条款5项，已明确3项，缺少：保密要求、维保年限。']
    """
    missing = [clause for clause in ContractClause if clause not in facts.clauses]
    if missing:
        total = len(ContractClause)
        yield block(
            f"合同必备条款{total}项，已明确{total - len(missing)}项，"
            f"缺少：{'、'.join(clause.zh for clause in missing)}。",
            remedy="请在合同中补充约定，并逐项填写条款所在页码。",
            missing=[clause.value for clause in missing],
        )


@rule("contract", article="13", clause="1", quote="采购文件以及采购合同应当明确")
def contract_text_on_file(facts: ContractFacts) -> Findings:
    """What the contract settles is read in its text, and who won in the notice of the award.

    The article names the contract, not the upload: on the filing track, which the unit answers for
    itself, what is missing is pointed out.

    >>> facts = ContractFacts.example(award_notice=False)
    >>> [(finding.severity, finding.message) for finding in contract_text_on_file(facts)]
    [('block', '未附：中标（成交）通知书。')]
    >>> facts = ContractFacts.example(contract_text=False, track="filing")
    >>> [(finding.severity, finding.message) for finding in contract_text_on_file(facts)]
    [('warn', '未附：合同文本。')]
    """
    papers = {"合同文本": facts.contract_text, "中标（成交）通知书": facts.award_notice}
    missing = [name for name, is_there in papers.items() if not is_there]
    if missing:
        finding = block if facts.track is Track.FULL_PROCESS else warn
        yield finding(
            f"未附：{'、'.join(missing)}。",
            remedy="请上传上述文件后登记合同；所填条款位置应能在合同文本中查到。",
            contract_text=facts.contract_text,
            award_notice=facts.award_notice,
        )


@rule(
    "contract",
    article="13",
    clause="2",
    quote="项目单位应根据项目实际保密要求与承建单位签订相应的安全保密协议",
)
def nda_with_contractor(facts: ContractFacts) -> Findings:
    """Whoever does not declare that nothing is confidential has signed an agreement.

    >>> facts = ContractFacts.example(nda_signed_on=None)
    >>> [finding.rule for finding in nda_with_contractor(facts)]
    ['nda_with_contractor']
    >>> nda_with_contractor(facts.model_copy(update={"confidentiality_need": "none"}))
    ()
    """
    if facts.confidentiality_need == ConfidentialityNeed.NONE or facts.nda_signed_on is not None:
        return
    yield block(
        "项目未声明无保密需要，也未与承建单位签订安全保密协议。",
        remedy="请与承建单位签订安全保密协议并填写签订日期；项目确无保密需要的，请作出声明。",
        confidentiality_need=facts.confidentiality_need,
        nda_signed_on=None,
    )
