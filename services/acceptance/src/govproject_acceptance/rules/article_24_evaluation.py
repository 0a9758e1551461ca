"""第24条 对终验完成或提供服务满一年的项目，区财政局适时围绕项目的应用效果、贯通情况、

数据资源共享、安全保密、创新服务、经济社会效益、改革成效等方面开展绩效评价，并将评价情况抄送至区数据局。

When to evaluate (适时) is left to the finance bureau.
"""

from govproject import EvaluationFacts, Findings, RulePack, block, rule, warn
from govproject.regulation.periods import add_months
from govproject.terms import EvaluationDimension, EvaluationPart


@rule("evaluation", article="24", clause="1", quote="对终验完成或提供服务满一年的项目")
def evaluation_eligibility(facts: EvaluationFacts, pack: RulePack) -> Findings:
    """Accepted, or a full year of service: its corresponding day is the first that counts.

    >>> from datetime import date
    >>> from govproject.regulation.pack import pack
    >>> facts = EvaluationFacts.example(accepted_on=None, in_service_since=date(2025, 8, 4))
    >>> [finding.fact["eligible_from"] for finding in evaluation_eligibility(
    ...     facts, pack("tinghu-2025")
    ... )]
    ['2026-08-04']
    """
    if facts.part is not EvaluationPart.FINANCE:
        return
    day, since = facts.evaluated_on or facts.today, facts.in_service_since
    eligible_from = since and add_months(since, pack.evaluation_service_months)
    if any(start is not None and start <= day for start in (facts.accepted_on, eligible_from)):
        return
    served = (
        f"提供服务自{since.isoformat()}起算，{eligible_from.isoformat()}满一年"
        if since and eligible_from
        else "尚无提供服务的记录"
    )
    yield block(
        f"项目尚未终验合格，提供服务也未满一年（{served}），不在绩效评价范围内。",
        remedy="请区财政局在项目终验合格或提供服务满一年后开展评价。",
        accepted_on=facts.accepted_on and facts.accepted_on.isoformat(),
        in_service_since=since and since.isoformat(),
        eligible_from=eligible_from and eligible_from.isoformat(),
    )


@rule(
    "evaluation",
    article="24",
    clause="2",
    quote="应用效果、贯通情况、数据资源共享、安全保密、创新服务、经济社会效益、改革成效等方面",
)
def evaluation_dimensions(facts: EvaluationFacts) -> Findings:
    """All seven are evaluated.

    >>> facts = EvaluationFacts.example(dimensions=tuple(EvaluationDimension)[:5])
    >>> [finding.message for finding in evaluation_dimensions(facts)]
    ['绩效评价缺少以下方面：经济社会效益、改革成效。']
    """
    if facts.part is not EvaluationPart.FINANCE or facts.evaluated_on is None:
        return
    missing = [each for each in EvaluationDimension if each not in facts.dimensions]
    if missing:
        yield block(
            f"绩效评价缺少以下方面：{'、'.join(each.zh for each in missing)}。",
            remedy="请区财政局对七个方面逐一作出评价。",
            missing=[each.value for each in missing],
        )


@rule("evaluation", article="24", clause="3", quote="将评价情况抄送至区数据局")
def evaluation_report_on_file(facts: EvaluationFacts) -> Findings:
    """What the data bureau gets a copy of is a report; the text does not ask for a file.

    >>> facts = EvaluationFacts.example(evaluation_report=False)
    >>> [(finding.severity, finding.message) for finding in evaluation_report_on_file(facts)]
    [('warn', '未上传绩效评价报告。')]
    """
    if facts.part is not EvaluationPart.FINANCE or facts.evaluated_on is None:
        return
    if not facts.evaluation_report:
        yield warn(
            "未上传绩效评价报告。",
            remedy="请区财政局登记评价时一并附上绩效评价报告，供区数据局查阅。",
            evaluation_report=False,
        )
