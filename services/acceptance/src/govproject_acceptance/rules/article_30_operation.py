"""第30条 按照“谁主管谁负责、谁运行谁负责、谁使用谁负责”的原则，政务信息化项目通过终验，

投入正式运行后，各系统的项目单位或使用单位对其运行、维护负总责。责任部门应制定相应的管理制度，加强信息系统运行与维护管理。
"""

from govproject import Citation, Findings, OperationFacts, RulePack, block, rule
from govproject.regulation.duty import Duty
from govproject_acceptance.rules.accepted import Accepted

CITATION = Citation("30", "1", "各系统的项目单位或使用单位对其运行、维护负总责")


def operation_in_order(accepted: Accepted, pack: RulePack) -> Duty:
    """Operation begins with acceptance: say who answers for it, and how (Arts 30, 32, 33).

    >>> from datetime import date
    >>> from govproject.regulation.pack import pack
    >>> operation_in_order(Accepted.example(date(2026, 8, 3)), pack("tinghu-2025")).due()
    """
    return Duty(
        "owner_responsible",
        CITATION,
        "登记运行、使用单位，建立运行维护和网络安全管理制度并落实措施",
        period=None,
    )


@rule(
    "operation",
    article="30",
    clause="1",
    quote="按照“谁主管谁负责、谁运行谁负责、谁使用谁负责”的原则",
)
def owner_responsible(facts: OperationFacts) -> Findings:
    """Both the body that operates and the body that uses the system are known.

    >>> facts = OperationFacts.example(user_unit=None)
    >>> [finding.message for finding in owner_responsible(facts)]
    ['系统投入正式运行后尚未明确：使用单位。']
    """
    missing = [
        title
        for title, body in (("运行单位", facts.operator), ("使用单位", facts.user_unit))
        if body is None
    ]
    if missing:
        yield block(
            f"系统投入正式运行后尚未明确：{'、'.join(missing)}。",
            remedy="请登记系统的运行单位和使用单位；由项目单位自行运行、使用的，填写本单位。",
            operator=facts.operator,
            user_unit=facts.user_unit,
        )


@rule("operation", article="30", clause="2", quote="责任部门应制定相应的管理制度")
def operation_rules(facts: OperationFacts) -> Findings:
    """There are written rules of operation and maintenance.

    >>> facts = OperationFacts.example(operation_rules=None)
    >>> [finding.rule for finding in operation_rules(facts)]
    ['operation_rules']
    """
    if facts.operation_rules is None:
        yield block(
            "尚未制定信息系统运行与维护管理制度。",
            remedy="请制定并上传运行与维护管理制度。",
            operation_rules=None,
        )
