"""第32条 项目单位应当……建立健全网络安全管理制度，明确责任和人员，落实网络安全专项经费，

以及网络安全等级保护、密码应用、监测预警、运维管理、检查检测、应急保障、宣传培训等措施……
"""

from govproject import Findings, OperationFacts, block, rule
from govproject.terms import SecurityMeasure


@rule("operation", article="32", clause="1", quote="建立健全网络安全管理制度，明确责任和人员")
def security_system_and_duty(facts: OperationFacts) -> Findings:
    """Written rules, the body that answers, and a person by name.

    >>> facts = OperationFacts.example(security_officer=None)
    >>> [finding.message for finding in security_system_and_duty(facts)]
    ['网络安全管理尚缺：网络安全责任人员。']
    """
    missing = [
        title
        for title, given in (
            ("网络安全管理制度", facts.security_rules),
            ("网络安全责任部门", facts.security_body),
            ("网络安全责任人员", facts.security_officer),
        )
        if given is None
    ]
    if missing:
        yield block(
            f"网络安全管理尚缺：{'、'.join(missing)}。",
            remedy="请上传网络安全管理制度，并登记责任部门和责任人员。",
            missing=missing,
        )


@rule("operation", article="32", clause="2", quote="落实网络安全专项经费")
def security_funds_provided(facts: OperationFacts) -> Findings:
    """Money for the network's security is there, whatever it is paid from.

    >>> facts = OperationFacts.example(security_funds_yuan=None)
    >>> [finding.message for finding in security_funds_provided(facts)]
    ['尚未登记落实的网络安全专项经费。']
    """
    if not facts.security_funds_yuan:
        said = "尚未登记" if facts.security_funds_yuan is None else "登记为0元，没有"
        yield block(
            f"{said}落实的网络安全专项经费。",
            remedy="请落实网络安全专项经费并登记金额；由部门其他经费保障的，登记其中用于网络安全的部分。",
        )


@rule(
    "operation",
    article="32",
    clause="3",
    quote="网络安全等级保护、密码应用、监测预警、运维管理、检查检测、应急保障、宣传培训等措施",
)
def security_measures(facts: OperationFacts) -> Findings:
    """Each of the seven is carried out.

    >>> facts = OperationFacts.example(measures=tuple(SecurityMeasure)[:6])
    >>> [finding.message for finding in security_measures(facts)]
    ['以下网络安全措施尚未落实：宣传培训。']
    """
    missing = [measure for measure in SecurityMeasure if measure not in facts.measures]
    if missing:
        yield block(
            f"以下网络安全措施尚未落实：{'、'.join(measure.zh for measure in missing)}。",
            remedy="请逐项落实七项措施，并登记落实情况。",
            missing=[measure.value for measure in missing],
        )
