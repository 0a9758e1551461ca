"""第3条 区政务信息化项目均应纳入市级政务信息化项目管理系统统一管理。

The text says nothing of projects with state secrets. They cannot be managed as it wants, in a
system on networks that are not for secrets, and so are turned away.
"""

from govproject import DeclarationFacts, Findings, block, rule
from govproject.terms import ProjectScope


@rule(
    "declaration",
    article="3",
    clause="1",
    quote="区政务信息化项目均应纳入市级政务信息化项目管理系统统一管理",
)
def no_state_secrets(facts: DeclarationFacts) -> Findings:
    """A project with state secrets is not taken in; what was uploaded for it is to be removed.

    >>> facts = DeclarationFacts.example(scope="state_secrets")
    >>> [finding.article for finding in no_state_secrets(facts)]
    ['3']
    """
    if facts.scope is ProjectScope.STATE_SECRETS:
        yield block(
            "项目涉及国家秘密，不能纳入非涉密的项目管理系统，不予受理；"
            "所填内容没有作为申报保存，已上传的文件和导入的表格仍在系统中。",
            remedy="请按国家保密规定通过本单位保密工作机构办理；已上传的文件或表格含涉密内容的，"
            "请立即报告保密工作机构，并联系运维人员清除。",
            scope=facts.scope.value,
        )
