"""第2条 各单位新建政务系统项目，统一部署在区政务云。

国家明确规定必须单独建设的，应当做好数据共享和业务协同工作。

原则上各项目单位不得另行开发APP、微信/支付宝小程序、快应用等各类移动端应用，所有相关功能应集成到市级统一移动门户。
"""

from govproject import ApprovalFacts, Findings, MaterialsFacts, PreReviewFacts, block, rule
from govproject.terms import (
    DeploymentTarget,
    MobileScope,
    PreReviewMaterial,
    ProjectKind,
    ReliefKind,
    Term,
)
from govproject_review.rules.whole import whole

_QUOTE = "新建政务系统项目，统一部署在区政务云"
_BUILDING = (ProjectKind.NEW, ProjectKind.RENEWAL, ProjectKind.UPGRADE)
PLAN = PreReviewMaterial.DATA_SHARING_PLAN
PORTAL_POINT = "mobile_portal"
"""The point of the pre-review that is looked at when there are functions for telephones."""


class SharingSection(Term):
    """What a system that is built apart still does."""

    SHARING = "sharing", "数据共享"
    COLLABORATION = "collaboration", "业务协同"


SHARING_HEADINGS: dict[str, tuple[str, ...]] = {
    SharingSection.SHARING: ("共享",),
    SharingSection.COLLABORATION: ("协同",),
}


@rule("materials", article="2", clause="2", quote=_QUOTE)
def new_system_on_district_cloud(facts: MaterialsFacts) -> Findings:
    """A system is built on the district cloud; who claims the exemption is asked for its proof.

    >>> facts = MaterialsFacts.example(deployment_target="elsewhere")
    >>> [finding.message for finding in new_system_on_district_cloud(facts)]
    ['项目申报的系统部署位置为“区政务云以外”，未统一部署在区政务云。']
    """
    yield from _on_district_cloud(facts)


@rule("approval", article="2", clause="2", quote=_QUOTE)
def approved_system_on_district_cloud(facts: ApprovalFacts) -> Findings:
    """The same of what is approved, whatever its materials were asked when they passed.

    >>> facts = ApprovalFacts.example(kind="new", deployment_target="elsewhere")
    >>> [finding.article for finding in approved_system_on_district_cloud(facts)]
    ['2']
    """
    yield from _on_district_cloud(facts)
    if facts.deployment_target is DeploymentTarget.NATIONAL_STANDALONE and (
        facts.standalone_basis is None
    ):
        yield block(
            "项目申报为国家明确规定单独建设，未写明依据文件。",
            remedy="请以区政务云为部署位置重新申报项目；确属单独建设的，申报时须填写依据文件。",
            standalone_basis=None,
        )


@rule(
    "materials",
    article="2",
    clause="4",
    quote="国家明确规定必须单独建设的，应当做好数据共享和业务协同工作",
)
def national_standalone_exemption(facts: MaterialsFacts) -> Findings:
    """Who claims the exemption hands in the national document and a plan to share and work along.

    >>> facts = MaterialsFacts.example(
    ...     deployment_target="national_standalone", standalone_basis="国办发〔2022〕14号"
    ... )
    >>> [finding.message for finding in national_standalone_exemption(facts)]
    ['项目依据国办发〔2022〕14号单独建设，未上传该文件。', '预审材料缺少数据共享和业务协同方案。']
    """
    if facts.deployment_target is not DeploymentTarget.NATIONAL_STANDALONE:
        return
    basis = facts.standalone_basis
    if basis is None or PreReviewMaterial.STANDALONE_BASIS not in facts.documents:
        yield block(
            f"项目依据{basis or '国家规定'}单独建设，未{'上传' if basis else '写明'}该文件。",
            remedy="请上传国家明确规定单独建设的文件；没有的，请改为部署在区政务云。",
            standalone_basis=basis,
        )
    yield from whole(facts, PLAN, {each.value: each.zh for each in SharingSection})


@rule(
    "materials",
    article="2",
    clause="5",
    quote="原则上各项目单位不得另行开发APP、微信/支付宝小程序、快应用等各类移动端应用",
    relief=ReliefKind.EXCEPTION,
)
def no_separate_mobile_app(facts: MaterialsFacts) -> Findings:
    """No client of its own for telephones, unless the bureau recorded an exception.

    >>> facts = MaterialsFacts.example(statements={"mobile": "own_client"})
    >>> [finding.relief.value for finding in no_separate_mobile_app(facts)]
    ['exception']
    """
    if facts.statements.mobile is None:
        yield block(
            "未声明项目是否涉及移动端应用。",
            remedy=f"请在提交时声明：{'、'.join(each.zh for each in MobileScope)}。",
            mobile=None,
        )
    elif facts.statements.mobile is MobileScope.OWN_CLIENT:
        yield block(
            "项目拟另行开发移动端应用，原则上不得开发。",
            remedy="请将有关功能集成到市级统一移动门户；确需开发的，向区数据局申请例外并附书面依据。",
            mobile=facts.statements.mobile.value,
        )


@rule("pre_review", article="2", clause="6", quote="所有相关功能应集成到市级统一移动门户")
def mobile_into_city_portal(facts: PreReviewFacts) -> Findings:
    """Where there are functions for telephones, the bureau looks at how they are integrated.

    >>> [f.fact for f in mobile_into_city_portal(PreReviewFacts.example(mobile="city_portal"))]
    [{'missing': 'mobile_portal'}]
    """
    has_mobile = facts.mobile in (MobileScope.CITY_PORTAL, MobileScope.OWN_CLIENT)
    if has_mobile and PORTAL_POINT not in facts.points:
        yield block(
            "项目涉及移动端，尚未审查有关功能是否集成到市级统一移动门户。",
            remedy="请区数据局审查后在结论中填写“集成到市级统一移动门户”一项。",
            missing=PORTAL_POINT,
        )


def _on_district_cloud(facts: MaterialsFacts | ApprovalFacts) -> Findings:
    """A unit that builds outside the cloud is not believed that it builds no system."""
    target = facts.deployment_target
    elsewhere = target is DeploymentTarget.ELSEWHERE and facts.kind in _BUILDING
    nowhere = target in (DeploymentTarget.ELSEWHERE, DeploymentTarget.NONE) and facts.builds_system
    if target is not None and (elsewhere or nowhere):
        yield block(
            f"项目申报的系统部署位置为“{target.zh}”，未统一部署在区政务云。",
            remedy="请以区政务云为部署位置重新申报项目；国家明确规定单独建设的，申报时须填写依据文件。",
            deployment_target=target.value,
        )
