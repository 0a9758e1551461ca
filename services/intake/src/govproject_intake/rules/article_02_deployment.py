"""第2条 新建政务系统项目，统一部署在区政务云；国家明确规定必须单独建设的，应当做好数据共享。

原则上各项目单位不得另行开发APP、微信/支付宝小程序、快应用等各类移动端应用。

The same is asked in the pre-review of a full-process project and, where there is a request, at the
cloud; a project on the filing track that asks for no cloud meets it here.
"""

from govproject import FilingFacts, Findings, block, rule
from govproject.terms import (
    DeploymentTarget,
    MobileScope,
    PreReviewMaterial,
    ProjectKind,
    ReliefKind,
)

STANDALONE = (PreReviewMaterial.STANDALONE_BASIS, PreReviewMaterial.DATA_SHARING_PLAN)
"""What who builds apart hands in."""


@rule("filing", article="2", clause="2", quote="各单位新建政务系统项目，统一部署在区政务云")
def new_system_on_district_cloud(facts: FilingFacts) -> Findings:
    """What is built runs on the district cloud, or the State demands that it stands alone.

    >>> facts = FilingFacts.example(deployment_target="elsewhere")
    >>> [finding.message for finding in new_system_on_district_cloud(facts)]
    ['项目的系统部署位置为“区政务云以外”，未统一部署在区政务云。']
    """
    target = facts.deployment_target
    apart = target is DeploymentTarget.ELSEWHERE and facts.kind is ProjectKind.NEW
    nowhere = facts.builds_system and target in (DeploymentTarget.ELSEWHERE, DeploymentTarget.NONE)
    if apart or nowhere:
        yield block(
            f"项目的系统部署位置为“{target.zh}”，未统一部署在区政务云。",
            remedy="请以区政务云为部署位置重新申报；国家明确规定单独建设的，申报时须填写依据文件。",
            deployment_target=target.value,
            builds_system=facts.builds_system,
        )


@rule(
    "filing",
    article="2",
    clause="4",
    quote="国家明确规定必须单独建设的，应当做好数据共享和业务协同工作",
)
def national_standalone_exemption(facts: FilingFacts) -> Findings:
    """Who claims the exemption hands in the national document and a plan to share.

    >>> facts = FilingFacts.example(
    ...     deployment_target="national_standalone", standalone_basis="国办发〔2022〕14号"
    ... )
    >>> [finding.fact["missing"] for finding in national_standalone_exemption(facts)]
    [['standalone_basis', 'data_sharing_plan']]
    """
    if facts.deployment_target is not DeploymentTarget.NATIONAL_STANDALONE:
        return
    missing = [each for each in STANDALONE if each not in facts.standalone_documents]
    if missing or facts.standalone_basis is None:
        named = "、".join(each.zh for each in missing) or "单独建设的依据"
        yield block(
            f"项目依据{facts.standalone_basis or '国家规定'}单独建设，报备缺少：{named}。",
            remedy="请上传国家明确规定单独建设的文件和数据共享、业务协同方案；"
            "没有的，请改为部署在区政务云。",
            missing=[each.value for each in missing],
            standalone_basis=facts.standalone_basis,
        )


@rule(
    "filing",
    article="2",
    clause="5",
    quote="原则上各项目单位不得另行开发APP、微信/支付宝小程序、快应用等各类移动端应用",
    relief=ReliefKind.EXCEPTION,
)
def no_separate_mobile_app(facts: FilingFacts) -> Findings:
    """No client of its own for telephones, unless the bureau recorded an exception.

    >>> facts = FilingFacts.example(mobile="own_client")
    >>> [finding.relief.value for finding in no_separate_mobile_app(facts)]
    ['exception']
    """
    if facts.mobile is None:
        yield block(
            "未声明项目是否涉及移动端应用。",
            remedy=f"请在报备时声明：{'、'.join(each.zh for each in MobileScope)}；"
            "已提交的，请更正报备。",
            mobile=None,
        )
    elif facts.mobile is MobileScope.OWN_CLIENT:
        yield block(
            "项目拟另行开发移动端应用，原则上不得开发。",
            remedy="请将有关功能集成到市级统一移动门户；确需开发的，向区数据局申请例外并附书面依据。",
            mobile=facts.mobile.value,
        )
