"""第19条（二）项目终验

项目初验合格且试运行结束后，项目单位应及时组织终验。……专家组（由3人及以上单数外部专家组成）……形成终验
意见。

项目单位可在市级政务信息化项目管理系统完成报备后自行组织终验。100万元及以上的项目，须在区数据局指导验收
流程下，组织项目终验。
"""

from govproject import AcceptanceFacts, Findings, RulePack, block, rule, warn
from govproject.terms import AcceptanceStage, FilingStatus
from govproject_acceptance.rules.requirements import (
    is_before_preliminary,
    is_small,
    judged_on,
    needs_preliminary,
    needs_trial,
    on_need,
    organises_its_final,
)


@rule(
    "acceptance",
    article="19",
    clause="(二)1",
    quote="项目初验合格且试运行结束后，项目单位应及时组织终验",
)
def final_after_trial(facts: AcceptanceFacts, pack: RulePack) -> Findings:
    """First the preliminary, then the trial, then the final.

    A service project that leaves steps out is asked for its reasons by Art 19's first sentence.

    >>> from govproject.regulation.pack import pack
    >>> facts = AcceptanceFacts.example(preliminary_passed_on=None)
    >>> [finding.rule for finding in final_after_trial(facts, pack("tinghu-2025"))]
    ['final_after_trial']
    """
    if facts.stage is not AcceptanceStage.FINAL:
        return
    day, passed_on = judged_on(facts), facts.preliminary_passed_on
    asked_elsewhere = on_need(facts, pack)
    if passed_on is None:
        if needs_preliminary(facts, pack) and not asked_elsewhere:
            yield block(
                "项目初验尚未合格，不能组织终验。",
                remedy="请先组织项目初验。",
                preliminary_passed_on=None,
            )
    elif passed_on > day:
        yield block(
            f"终验日期早于初验通过日期{passed_on.isoformat()}。",
            remedy="请核对终验日期。",
            preliminary_passed_on=passed_on.isoformat(),
        )
    elif is_before_preliminary(facts) and needs_trial(facts, pack):
        yield block(
            f"试运行始于初验合格（{passed_on.isoformat()}）之前，不能据以组织终验。",
            remedy="请在初验合格后重新进行试运行；确不需要试运行的，请说明理由。",
            preliminary_passed_on=passed_on.isoformat(),
        )
    started_on, ended_on = facts.trial_started_on, facts.trial_ended_on
    if started_on is None:
        if needs_trial(facts, pack) and not asked_elsewhere:
            yield block(
                "项目尚未进行试运行，不能组织终验。",
                remedy="请进行试运行；确不需要试运行的，请说明理由。",
                trial_started_on=None,
            )
    elif ended_on is None or ended_on > day:
        yield block(
            "项目试运行尚未结束，不能组织终验。",
            remedy="请在试运行期满并结束后组织终验。",
            trial_started_on=started_on.isoformat(),
            trial_ended_on=ended_on and ended_on.isoformat(),
        )
    if started_on is not None and facts.earliest_on is not None and started_on < facts.earliest_on:
        finding = block if needs_trial(facts, pack) else warn
        yield finding(
            f"试运行始于{started_on}，早于项目最早可以实施的日期{facts.earliest_on}"
            "（立项批复或内部审查论证、中标之后），不是本项目的试运行。",
            remedy="请核对日期，并在建设完成后重新进行试运行。",
            trial_started_on=started_on.isoformat(),
            earliest_on=facts.earliest_on.isoformat(),
        )


@rule(
    "acceptance",
    article="19",
    clause="(二)2",
    quote="专家组（由3人及以上单数外部专家组成）",
)
def final_expert_group(facts: AcceptanceFacts, pack: RulePack) -> Findings:
    """Three or more external experts, an odd number of them.

    Who is listed twice is one person; two of one name are told apart by what stands behind it.

    >>> from govproject.regulation.pack import pack
    >>> facts = AcceptanceFacts.example(external_experts=4)
    >>> [finding.rule for finding in final_expert_group(facts, pack("tinghu-2025"))]
    ['final_expert_group']
    """
    if facts.stage is not AcceptanceStage.FINAL:
        return
    if facts.external_experts < pack.final_panel_min or facts.external_experts % 2 == 0:
        yield block(
            f"终验专家组应由{pack.final_panel_min}人及以上单数外部专家组成，"
            f"现有外部专家{facts.external_experts}人。",
            remedy="请调整专家组；项目单位、承建单位、监理单位及其分支机构、隶属单位的人员"
            "不计入外部专家，以承建、监理单位身份参加过初验的单位也是。",
            external_experts=facts.external_experts,
        )
    if facts.insiders:
        yield warn(
            f"以下专家曾代表各方参加项目初验，不计入外部专家：{'、'.join(facts.insiders)}。",
            remedy="请另请外部专家；确系同名的不同人员的，请在姓名后加注（2）等以便区分。",
            insiders=list(facts.insiders),
        )
    if facts.repeated_experts:
        yield warn(
            f"专家组中姓名重复，只计一人：{'、'.join(facts.repeated_experts)}。",
            remedy="请核对；确系同名的两人的，请在姓名后加注（2）等以便区分。",
            repeated=list(facts.repeated_experts),
        )


@rule(
    "acceptance",
    article="19",
    clause="(二)18",
    quote="项目单位可在市级政务信息化项目管理系统完成报备后自行组织终验",
)
def under_100_self_final_after_filing(facts: AcceptanceFacts, pack: RulePack) -> Findings:
    """Below 100万 the unit organises the final by itself, once its filing is regular.

    A full-process project that a change brought below 100万 cannot be filed; it stays guided.

    >>> from decimal import Decimal
    >>> from govproject.regulation.pack import pack
    >>> facts = AcceptanceFacts.example(amount_yuan=Decimal("999999.99"), track="filing")
    >>> [finding.fact["filing_status"] for finding in under_100_self_final_after_filing(
    ...     facts, pack("tinghu-2025")
    ... )]
    ['none']
    """
    if facts.stage is not AcceptanceStage.FINAL or not organises_its_final(facts, pack):
        return
    if facts.filing_status is not FilingStatus.ACCEPTED:
        yield block(
            f"项目尚未完成报备（{facts.filing_status.zh}），不能自行组织终验。",
            remedy="请在市级政务信息化项目管理系统完成报备，经认定规范后再组织终验。",
            filing_status=facts.filing_status.value,
        )


@rule(
    "acceptance",
    article="19",
    clause="(二)19",
    quote="100万元及以上的项目，须在区数据局指导验收流程下，组织项目终验",
)
def ge_100_final_under_guidance(facts: AcceptanceFacts, pack: RulePack) -> Findings:
    """From 100万 on, and on the full-process track, the bureau agreed the plan of the final before.

    >>> from govproject.regulation.pack import pack
    >>> facts = AcceptanceFacts.example(guidance_recorded=False)
    >>> [finding.rule for finding in ge_100_final_under_guidance(facts, pack("tinghu-2025"))]
    ['ge_100_final_under_guidance']
    """
    if facts.stage is not AcceptanceStage.FINAL or organises_its_final(facts, pack):
        return
    if not facts.guidance_recorded:
        yield block(
            ("全过程管理" if is_small(facts, pack) else "100万元及以上")
            + "的项目须在区数据局指导验收流程下组织终验，尚无"
            + ("上一次终验不合格之后的" if facts.previous_failed_on else "")
            + "指导记录。",
            remedy="请将终验方案报区数据局，由区数据局登记指导记录后再召开终验会。",
            guidance_recorded=False,
        )
