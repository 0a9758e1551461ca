"""第1条 ……对信息化项目建设进行全要素、全流程、全覆盖标准化管理……制定本细则。

What the regulation does not govern is turned away where it comes in. Silence is no answer.
"""

from govproject import DeclarationFacts, Findings, block, rule
from govproject.terms import ProjectScope


@rule("declaration", article="1", clause="1", quote="全要素、全流程、全覆盖标准化管理")
def purpose_and_scope(facts: DeclarationFacts) -> Findings:
    """The unit says that the regulation governs its project; another one is turned away.

    >>> facts = DeclarationFacts.example(scope="out_of_scope")
    >>> [finding.message for finding in purpose_and_scope(facts)]
    ['项目声明为不属于政务信息化项目，不适用本细则。']
    """
    if facts.scope is None:
        yield block(
            "未声明项目是否属于政务信息化项目、是否涉及国家秘密。",
            remedy=f"请在申报时声明适用范围：{'；'.join(each.zh for each in ProjectScope)}。",
            scope=None,
        )
    elif facts.scope is ProjectScope.OUT_OF_SCOPE:
        yield block(
            "项目声明为不属于政务信息化项目，不适用本细则。",
            remedy="请按本单位采购和资产管理等规定办理；难以判断的，请先咨询区数据局。",
            scope=facts.scope.value,
        )
