"""第21条 项目单位应在项目终验并投入运行后12个月内，进行项目自评估，总结项目建设运行取得的成效，

分析存在的问题和不足，提出改进优化的措施和计划，形成自评估报告至区数据局。
"""

from govproject import Citation, EvaluationFacts, Findings, RulePack, block, rule
from govproject.regulation.duty import Duty
from govproject.regulation.periods import Period
from govproject.terms import EvaluationPart, SelfEvaluationPart
from govproject_acceptance.rules.accepted import Accepted

CITATION = Citation("21", "1", "应在项目终验并投入运行后12个月内，进行项目自评估")


def self_evaluation_12_months(accepted: Accepted, pack: RulePack) -> Duty:
    """Twelve months from the later of acceptance and operation: both must have happened.

    >>> from datetime import date
    >>> from govproject.regulation.pack import pack
    >>> accepted = Accepted.example(date(2025, 8, 4), in_operation_on=date(2025, 9, 1))
    >>> self_evaluation_12_months(accepted, pack("tinghu-2025")).due().day
    datetime.date(2026, 9, 1)
    """
    start = max(accepted.passed_on, accepted.in_operation_on)
    return Duty(
        "self_evaluation_12_months",
        CITATION,
        "开展项目自评估，形成自评估报告报区数据局",
        period=Period.of_months(start, pack.self_evaluation_months),
    )


@rule(
    "evaluation",
    article="21",
    clause="2",
    quote="总结项目建设运行取得的成效，分析存在的问题和不足，提出改进优化的措施和计划",
)
def self_evaluation_content(facts: EvaluationFacts) -> Findings:
    """A self-evaluation has its four parts.

    >>> facts = EvaluationFacts.example(part="self", self_evaluation=("results", "problems"))
    >>> [finding.message for finding in self_evaluation_content(facts)]
    ['项目自评估报告缺少：改进优化的措施、改进优化的计划。']
    """
    if facts.part is not EvaluationPart.SELF:
        return
    missing = [part for part in SelfEvaluationPart if part not in facts.self_evaluation]
    if missing:
        yield block(
            f"项目自评估报告缺少：{'、'.join(part.zh for part in missing)}。",
            remedy="请在项目自评估中逐项写明成效、问题和不足、改进措施、改进计划。",
            missing=[part.value for part in missing],
        )


@rule("evaluation", article="21", clause="3", quote="形成自评估报告至区数据局")
def self_evaluation_report(facts: EvaluationFacts) -> Findings:
    """What goes to the bureau is a report, which is a file.

    >>> facts = EvaluationFacts.example(part="self", self_evaluation_report=False)
    >>> [finding.message for finding in self_evaluation_report(facts)]
    ['尚未上传项目自评估报告。']
    """
    if facts.part is EvaluationPart.SELF and not facts.self_evaluation_report:
        yield block(
            "尚未上传项目自评估报告。",
            remedy="请形成自评估报告并上传，登记项目自评估时附上该文件。",
            self_evaluation_report=False,
        )
