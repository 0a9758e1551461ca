"""第27条 项目验收前，项目单位应在市级政务信息化项目管理系统报备有关信息，实现统一管理。

项目验收包括初验和终验 (Art 19). The final asks for more: there the filing is found regular.
"""

from govproject import AcceptanceFacts, Findings, block, rule
from govproject.terms import AcceptanceStage, Track
from govproject_acceptance.rules.requirements import is_filed


@rule(
    "acceptance",
    article="27",
    clause="1",
    quote="项目验收前，项目单位应在市级政务信息化项目管理系统报备有关信息",
)
def filed_before_meetings(facts: AcceptanceFacts) -> Findings:
    """On the filing track nobody meets, for a lot or a preliminary, before a filing is handed in.

    >>> facts = AcceptanceFacts.example(track="filing", stage="preliminary", filing_status="none")
    >>> [finding.message for finding in filed_before_meetings(facts)]
    ['项目实行报备制管理，未报备，不能组织初验。']
    """
    if (
        facts.track is Track.FILING
        and facts.stage in (AcceptanceStage.PRELIMINARY, AcceptanceStage.LOT)
        and not is_filed(facts)
    ):
        yield block(
            f"项目实行报备制管理，{facts.filing_status.zh}，不能组织{facts.stage.zh}。",
            remedy="请先在市级政务信息化项目管理系统提交报备；报备信息不规范的，请先更正。",
            filing_status=facts.filing_status.value,
        )
