"""第11条 项目经联合评审与财政评审后，项目单位应按规定通过……平台申请项目代码。

向区数据局报送项目审批文件，并履行报批手续，由区数据局按程序审批。
"""

from govproject import ApprovalFacts, Findings, block, rule


@rule(
    "approval",
    article="11",
    clause="1",
    quote="项目单位应按规定通过江苏省投资项目在线审批监管平台申请项目代码",
)
def project_code(facts: ApprovalFacts) -> Findings:
    """The code comes first; the approval names it.

    >>> facts = ApprovalFacts.example(project_code=None)
    >>> [finding.rule for finding in project_code(facts)]
    ['project_code']
    """
    if facts.project_code is None:
        yield block(
            "项目尚未取得项目代码。",
            remedy="请通过江苏省投资项目在线审批监管平台申请项目代码，并随报批申请提交。",
            project_code=None,
        )


@rule(
    "approval",
    article="11",
    clause="2",
    quote="向区数据局报送项目审批文件，并履行报批手续",
)
def submit_approval_documents(facts: ApprovalFacts) -> Findings:
    """The unit has sent in the documents that the bureau is to approve.

    >>> facts = ApprovalFacts.example(approval_documents=())
    >>> [finding.rule for finding in submit_approval_documents(facts)]
    ['submit_approval_documents']
    """
    if not facts.approval_documents:
        yield block(
            "项目单位尚未报送项目审批文件。",
            remedy="请向区数据局报送项目审批文件，履行报批手续。",
            approval_documents=[],
        )
