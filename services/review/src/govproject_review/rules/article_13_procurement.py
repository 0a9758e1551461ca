"""第13条 采购文件以及采购合同应当明确……相关条款。

知识产权归属、数据产权、数据安全、保密要求、维保年限等。

Intake asks the contract again: what a bidder was not told before cannot be put into it later.
"""

from govproject import Findings, TenderFacts, block, rule
from govproject.terms import ContractClause


@rule(
    "tender",
    article="13",
    clause="1",
    quote="采购文件以及采购合同应当明确",
)
def procurement_file_clauses(facts: TenderFacts) -> Findings:
    """The tender documents settle the five things, and the unit says where each of them stands.

    >>> clauses = {"ip_ownership": "第3页", "data_property": "第3页", "data_security": "第4页"}
    >>> facts = TenderFacts.example(clauses=clauses)
    >>> [finding.message for finding in procurement_file_clauses(facts)]
    ['采购文件必备条款5项，已明确3项，缺少：保密要求、维保年限。']
    """
    missing = [clause for clause in ContractClause if clause not in facts.clauses]
    if missing:
        total = len(ContractClause)
        yield block(
            f"采购文件必备条款{total}项，已明确{total - len(missing)}项，"
            f"缺少：{'、'.join(clause.zh for clause in missing)}。",
            remedy="请在采购文件中补充有关要求，并逐项填写条款所在页码。",
            missing=[clause.value for clause in missing],
        )
