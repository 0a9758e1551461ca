"""第14条 项目单位应做好云资源申请与部署计划、网络安全等级保护建设测评和备案计划、

密码应用建设和密评工作计划、项目质量保障计划、项目组织架构与项目人员安排计划、项目管理制度、项目试运行计划、
项目验收计划等内容。

No day is named: what is missing is pointed out when building starts, and refused at the final.
The article makes no difference between the tracks; what does not fit a project is declared so, with
a reason that whoever reads the decision sees.
"""

from govproject import AcceptanceFacts, Findings, block, rule, warn
from govproject.terms import AcceptanceStage, ImplementationPlan


@rule("acceptance", article="14", clause="1", quote="云资源申请与部署计划")
def impl_cloud_deploy_plan(facts: AcceptanceFacts) -> Findings:
    """The resources asked for in a declaration, filing, change or approval are such a plan.

    >>> facts = AcceptanceFacts.example(plans=())
    >>> [finding.severity for finding in impl_cloud_deploy_plan(facts)]
    ['block']
    """
    yield from _on_record(facts, ImplementationPlan.CLOUD)


@rule("acceptance", article="14", clause="2", quote="网络安全等级保护建设测评和备案计划")
def impl_mlps_plan(facts: AcceptanceFacts) -> Findings:
    """How MLPS is built, assessed and filed.

    >>> facts = AcceptanceFacts.example(plans=())
    >>> [finding.severity for finding in impl_mlps_plan(facts)]
    ['block']
    """
    yield from _on_record(facts, ImplementationPlan.MLPS)


@rule("acceptance", article="14", clause="3", quote="密码应用建设和密评工作计划")
def impl_crypto_plan(facts: AcceptanceFacts) -> Findings:
    """How cryptography is built in and assessed.

    >>> facts = AcceptanceFacts.example(plans=())
    >>> [finding.severity for finding in impl_crypto_plan(facts)]
    ['block']
    """
    yield from _on_record(facts, ImplementationPlan.CRYPTO)


@rule("acceptance", article="14", clause="4", quote="项目质量保障计划")
def impl_quality_plan(facts: AcceptanceFacts) -> Findings:
    """How quality is assured.

    >>> facts = AcceptanceFacts.example(plans=())
    >>> [finding.severity for finding in impl_quality_plan(facts)]
    ['block']
    """
    yield from _on_record(facts, ImplementationPlan.QUALITY)


@rule("acceptance", article="14", clause="5", quote="项目组织架构与项目人员安排计划")
def impl_staffing_plan(facts: AcceptanceFacts) -> Findings:
    """Who is organised how.

    >>> facts = AcceptanceFacts.example(plans=())
    >>> [finding.severity for finding in impl_staffing_plan(facts)]
    ['block']
    """
    yield from _on_record(facts, ImplementationPlan.STAFFING)


@rule("acceptance", article="14", clause="6", quote="项目管理制度")
def impl_pm_rules(facts: AcceptanceFacts) -> Findings:
    """By which rules the project is managed.

    >>> facts = AcceptanceFacts.example(plans=())
    >>> [finding.severity for finding in impl_pm_rules(facts)]
    ['block']
    """
    yield from _on_record(facts, ImplementationPlan.MANAGEMENT_RULES)


@rule("acceptance", article="14", clause="7", quote="项目试运行计划")
def impl_trial_plan(facts: AcceptanceFacts) -> Findings:
    """How the trial operation goes.

    >>> facts = AcceptanceFacts.example(plans=())
    >>> [finding.severity for finding in impl_trial_plan(facts)]
    ['block']
    """
    yield from _on_record(facts, ImplementationPlan.TRIAL)


@rule("acceptance", article="14", clause="8", quote="项目验收计划")
def impl_acceptance_plan(facts: AcceptanceFacts) -> Findings:
    """How acceptance goes.

    >>> facts = AcceptanceFacts.example(plans=())
    >>> [finding.severity for finding in impl_acceptance_plan(facts)]
    ['block']
    """
    yield from _on_record(facts, ImplementationPlan.ACCEPTANCE)


def _on_record(facts: AcceptanceFacts, plan: ImplementationPlan) -> Findings:
    if facts.stage not in (AcceptanceStage.KICK_OFF, AcceptanceStage.FINAL) or plan in facts.plans:
        return
    reason = facts.plans_not_applicable.get(plan)
    if reason is not None:
        yield warn(
            f"{plan.zh}声明为不适用：{reason}",
            remedy="请在终验时核实该理由。",
            plan=plan.value,
            reason=reason,
        )
        return
    is_last = facts.stage is AcceptanceStage.FINAL
    finding = block if is_last else warn
    missing = f"请上传{plan.zh}；确不适用的，请登记不适用的理由"
    yield finding(
        f"实施材料缺少{plan.zh}。",
        remedy=f"{missing}，然后重新办理终验。"
        if is_last
        else f"{missing}。启动可以继续，最迟在终验前补齐。",
        plan=plan.value,
    )
