"""第19条（二）（2）未按项目立项批复文件、技术审查意见、招投标文件、合同约定的以及正式变更后的

主要技术、效率指标完成建设的。

Which indicators these are is fixed before the first meeting, so that "reached" has a measure.
"""

from govproject import AcceptanceFacts, Findings, block, rule, warn
from govproject.terms import AcceptanceStage, Track, Veto

_STAGES = (AcceptanceStage.PRELIMINARY, AcceptanceStage.FINAL)


@rule("acceptance", article="19", clause="(二)（2）", quote="主要技术、效率指标")
def indicators_on_record(facts: AcceptanceFacts) -> Findings:
    """What is to be reached is on record before anybody meets; on the filing track it is missed.

    >>> [each.severity for each in indicators_on_record(AcceptanceFacts.example(indicators=0))]
    ['block']
    """
    if facts.stage not in _STAGES or facts.indicators is None or facts.indicators:
        return
    finding = block if facts.track is Track.FULL_PROCESS else warn
    yield finding(
        "未登记立项批复文件、技术审查意见、招投标文件、合同和正式变更确定的主要技术、效率指标。",
        remedy=f"请逐项登记指标名称、约定值及其依据文件后，再登记{facts.stage.zh}会。",
        indicators=facts.indicators,
    )


@rule("acceptance", article="19", clause="(二)（2）", quote="主要技术、效率指标")
def indicators_before_failed_final(facts: AcceptanceFacts) -> Findings:
    """A list begun when a final had failed already may be made to fit what was built.

    >>> facts = AcceptanceFacts.example(indicators_after_failed_on="2026-08-03")
    >>> [finding.message for finding in indicators_before_failed_final(facts)]
    ['主要技术、效率指标在2026-08-03终验不合格之后才首次登记。']
    """
    failed_on = facts.indicators_after_failed_on
    if facts.stage is AcceptanceStage.FINAL and failed_on is not None:
        yield warn(
            f"主要技术、效率指标在{failed_on.isoformat()}终验不合格之后才首次登记。",
            remedy="请专家组对照批复、审查意见、招投标文件和合同，核实指标齐全且约定值未按建成情况降低。",
            failed_on=failed_on.isoformat(),
        )


@rule("acceptance", article="19", clause="(二)（2）", quote="主要技术、效率指标")
def indicators_judged(facts: AcceptanceFacts) -> Findings:
    """That the case is not given counts once each indicator was judged; one found needs no list.

    >>> facts = AcceptanceFacts.example(indicators_unanswered=("页面响应时间",))
    >>> [finding.message for finding in indicators_judged(facts)]
    ['主要技术、效率指标尚有1项未逐项认定：页面响应时间。']
    """
    if facts.stage is not AcceptanceStage.FINAL or facts.vetoes.get(Veto.INDICATORS) != "clear":
        return
    if facts.indicators_unanswered:
        yield block(
            f"主要技术、效率指标尚有{len(facts.indicators_unanswered)}项未逐项认定："
            f"{'、'.join(facts.indicators_unanswered)}。",
            remedy="请专家组逐项认定实际达到的指标值、是否达到约定值及所依据的报告或材料。",
            unanswered=list(facts.indicators_unanswered),
        )
