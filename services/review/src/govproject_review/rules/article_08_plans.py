"""第8条 密码应用方案……网络安全建设方案……运维方案……应包括的内容。

Their sections are those that the article itself names.
"""

from govproject import Findings, MaterialsFacts, block, rule, warn
from govproject.terms import PreReviewMaterial, ProjectKind, Term
from govproject.wording import is_reason
from govproject_review.rules.whole import whole


class CryptoSection(Term):
    """GB/T 43207-2023 Annex A, as the article lists it."""

    BACKGROUND = "background", "项目背景"
    OVERVIEW = "overview", "系统概述"
    NEEDS = "needs", "密码应用需求分析"
    GOALS = "goals", "安全目标及设计原则"
    DESIGN = "design", "密码应用设计"
    MANAGEMENT = "management", "安全管理方案"
    COMPLIANCE = "compliance", "安全与合规性分析"


CRYPTO_HEADINGS: dict[str, tuple[str, ...]] = {
    CryptoSection.BACKGROUND: ("背景",),
    CryptoSection.OVERVIEW: ("系统 概述", "系统 概况", "系统现状"),
    CryptoSection.NEEDS: ("密码 需求", "需求分析"),
    CryptoSection.GOALS: ("安全 目标", "目标 原则", "设计 原则"),
    CryptoSection.DESIGN: ("密码 设计", "密码应用 技术方案", "密码应用 建设方案"),
    CryptoSection.MANAGEMENT: ("安全 管理", "密码 管理"),
    CryptoSection.COMPLIANCE: ("合规性", "合规 分析"),
}


class SecuritySection(Term):
    """What a network security construction plan contains."""

    BASIS = "basis", "编制依据"
    NEEDS = "needs", "网络安全需求分析"
    GAP = "gap", "现状与差距分析"
    CONSTRUCTION_PLAN = "construction_plan", "网络安全总体建设方案"
    DESIGN = "design", "网络安全总体设计方案"
    IMPLEMENTATION = "implementation", "网络安全建设方案"
    TRAINING = "training", "网络安全培训需求与计划"
    SCHEDULE = "schedule", "网络安全实施进度"
    COST = "cost", "网络安全投资估算和资金筹措"


SECURITY_HEADINGS: dict[str, tuple[str, ...]] = {
    SecuritySection.BASIS: ("编制依据", "建设依据"),
    SecuritySection.NEEDS: ("安全 需求分析", "需求分析"),
    SecuritySection.GAP: ("差距", "现状 分析"),
    SecuritySection.CONSTRUCTION_PLAN: ("总体建设",),
    SecuritySection.DESIGN: ("总体设计",),
    SecuritySection.IMPLEMENTATION: ("安全建设方案", "安全建设内容", "详细设计"),
    SecuritySection.TRAINING: ("培训",),
    SecuritySection.SCHEDULE: ("进度", "实施计划"),
    SecuritySection.COST: ("投资估算", "资金", "经费"),
}


class OpsSection(Term):
    """What a plan of operation and maintenance contains."""

    CONTENT = "content", "运维内容"
    PERIOD = "period", "运维周期"
    SCOPE = "scope", "运维范围"
    TECHNICAL_PLAN = "technical_plan", "技术方案"
    GOALS = "goals", "绩效目标"
    COST = "cost", "经费测算"


OPS_HEADINGS: dict[str, tuple[str, ...]] = {
    OpsSection.CONTENT: ("运维 内容", "服务内容"),
    OpsSection.PERIOD: ("运维 周期", "运维 期限", "服务期"),
    OpsSection.SCOPE: ("运维 范围", "服务范围"),
    OpsSection.TECHNICAL_PLAN: ("技术 方案",),
    OpsSection.GOALS: ("绩效",),
    OpsSection.COST: ("经费 测算", "经费 估算", "费用 测算", "资金 测算"),
}


@rule(
    "materials",
    article="8",
    clause="9",
    quote=(
        "应包括项目背景、系统概述、密码应用需求分析、安全目标及设计原则、密码应用设计、"
        "安全管理方案及安全与合规性分析等内容"
    ),
)
def crypto_application_plan(facts: MaterialsFacts) -> Findings:
    """Seven sections; operation and services may say why they need no plan.

    >>> facts = MaterialsFacts.example(documents={"crypto_plan": {}})
    >>> [finding.message[:18] for finding in crypto_application_plan(facts)]
    ['密码应用方案缺少以下内容：项目背景、']
    """
    reason = facts.statements.crypto_not_applicable
    if reason is None or not facts.kind.serves:
        yield from whole(
            facts, PreReviewMaterial.CRYPTO_PLAN, {each.value: each.zh for each in CryptoSection}
        )
    elif not is_reason(reason):
        yield block(
            f"项目单位声明不适用密码应用方案，所写理由“{reason}”没有说明原因。",
            remedy="请写明为何不适用，或上传密码应用方案。",
            reason=reason,
        )
    else:
        yield warn(
            f"项目单位声明{facts.kind.zh}类项目不适用密码应用方案。",
            remedy="请区数据局、区委办核对所述理由。",
            reason=reason,
        )


@rule(
    "materials",
    article="8",
    clause="10",
    quote=(
        "应包含编制依据、网络安全需求分析、现状与差距分析、网络安全总体建设方案、"
        "网络安全总体设计方案、网络安全建设方案、网络安全培训需求与计划、网络安全实施进度及"
        "网络安全投资估算和资金筹措"
    ),
)
def network_security_plan(facts: MaterialsFacts) -> Findings:
    """Nine sections.

    >>> facts = MaterialsFacts.example(documents={})
    >>> [finding.message for finding in network_security_plan(facts)]
    ['预审材料缺少网络安全建设方案。']
    """
    yield from whole(
        facts,
        PreReviewMaterial.NETWORK_SECURITY_PLAN,
        {each.value: each.zh for each in SecuritySection},
    )


@rule(
    "materials",
    article="8",
    clause="11",
    quote="需包含运维内容、运维周期、运维范围、技术方案、绩效目标和经费测算等",
)
def ops_plan_content(facts: MaterialsFacts) -> Findings:
    """Six sections, of projects of operation and maintenance.

    >>> [f.message for f in ops_plan_content(MaterialsFacts.example(kind="ops"))]
    ['预审材料缺少运维方案。']
    """
    if facts.kind is ProjectKind.OPS:
        yield from whole(
            facts, PreReviewMaterial.OPS_PLAN, {each.value: each.zh for each in OpsSection}
        )
