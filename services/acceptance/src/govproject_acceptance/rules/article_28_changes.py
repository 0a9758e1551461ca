"""第28条 项目建设期间发生建设内容、建设规模、建设金额等发生变更的，项目单位应当……完成报备，

未经变更报备的项目不得组织项目验收。
"""

from govproject import AcceptanceFacts, Findings, block, rule
from govproject.terms import AcceptanceStage

_MEETINGS = (AcceptanceStage.PRELIMINARY, AcceptanceStage.LOT, AcceptanceStage.FINAL)


@rule("acceptance", article="28", clause="2", quote="未经变更报备的项目不得组织项目验收")
def no_change_filing_no_acceptance(facts: AcceptanceFacts) -> Findings:
    """No meeting, of a lot either, while a determined change is unfiled. Nothing lifts it.

    >>> facts = AcceptanceFacts.example(stage="preliminary", unfiled_changes=1)
    >>> [finding.relief.value for finding in no_change_filing_no_acceptance(facts)]
    ['none']
    """
    if facts.stage in _MEETINGS and facts.unfiled_changes:
        yield block(
            f"项目有{facts.unfiled_changes}项变更尚未报备，不得组织{facts.stage.zh}。",
            remedy="请在市级政务信息化项目管理系统完成变更报备后再组织验收。",
            unfiled_changes=facts.unfiled_changes,
        )
