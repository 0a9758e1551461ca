"""第2条 原则上各项目单位不得另行开发……各类移动端应用，所有相关功能应集成到市级统一移动门户。"""

from govproject import AcceptanceFacts, Findings, block, rule, warn
from govproject.terms import AcceptanceStage, MobileOutcome, MobileScope, Track

_PROMISED = (MobileScope.CITY_PORTAL, MobileScope.OWN_CLIENT)


@rule("acceptance", article="2", clause="6", quote="所有相关功能应集成到市级统一移动门户")
def mobile_into_city_portal(facts: AcceptanceFacts) -> Findings:
    """What was declared for telephones is looked at in the final, and is in the city's portal.

    A project of which nobody said anything is only pointed out.

    >>> facts = AcceptanceFacts.example(mobile_declared="city_portal")
    >>> [finding.severity for finding in mobile_into_city_portal(facts)]
    ['block']
    """
    if facts.stage is not AcceptanceStage.FINAL:
        return
    declared, found = facts.mobile_declared, facts.mobile_found
    said = {"declared": declared and declared.value, "found": found and found.value}
    if found is MobileOutcome.NOT_IN_PORTAL:
        yield block(
            "项目的移动端功能没有集成到市级统一移动门户。",
            remedy="请将移动端功能集成到市级统一移动门户后再组织终验。",
            **said,
        )
    elif found is None and declared in _PROMISED:
        yield block(
            f"项目预审时声明“{declared.zh}”，终验尚未核查移动端功能是否集成到市级统一移动门户。",
            remedy="请专家组核查，并在终验记录中填写移动端功能核查情况。",
            **said,
        )
    elif found is None and declared is None and facts.track is Track.FULL_PROCESS:
        yield warn(
            "没有收到项目预审时声明的移动端建设内容，也没有终验核查情况。",
            remedy="请专家组核查项目是否有移动端功能、是否集成到市级统一移动门户。",
            **said,
        )
    elif found is not None and declared is not None and _differs(declared, found):
        yield warn(
            f"项目预审时声明“{declared.zh}”，终验核查结果为“{found.zh}”。",
            remedy="请专家组核对移动端的建设内容；有变更的，请确认已报备（第28条）。",
            **said,
        )


def _differs(declared: MobileScope, found: MobileOutcome) -> bool:
    return (declared in _PROMISED) != (found is MobileOutcome.IN_PORTAL)
