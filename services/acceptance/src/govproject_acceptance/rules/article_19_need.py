"""第19条 区政务信息化项目在完成后必须进行验收，货物类、服务类项目根据实际需求开展验收，

项目验收包括初验和终验。
投资额100万元以下的建设项目可不经初验直接终验。

Two of the sentences let a project leave steps out; whoever reads the decision sees that it did.
"""

from datetime import date
from typing import NamedTuple

from govproject import AcceptanceFacts, Citation, Findings, RulePack, block, rule, warn
from govproject.regulation.duty import Duty
from govproject.terms import AcceptanceStage
from govproject_acceptance.rules.requirements import (
    goes_straight_to_final,
    named,
    needs_preliminary,
    needs_trial,
    on_need,
)

REQUIRED = Citation("19", "0a", "区政务信息化项目在完成后必须进行验收")


class Route(NamedTuple):
    """Whether a project goes through a step, and why."""

    stage: AcceptanceStage
    required: bool
    why: str


def acceptance_required(completed_on: date) -> Duty:
    """Whatever is completed is accepted; no day is named, and only passing the final is proof.

    >>> acceptance_required(date(2026, 2, 27)).task
    '项目已于2026-02-27建设完成，须组织验收，直至终验合格'
    """
    return Duty(
        "acceptance_required",
        REQUIRED,
        f"项目已于{completed_on.isoformat()}建设完成，须组织验收，直至终验合格",
        period=None,
    )


def two_acceptance_stages(facts: AcceptanceFacts, pack: RulePack) -> tuple[Route, ...]:
    """Preliminary, the trial that follows it, final: which of them this project goes through.

    >>> from decimal import Decimal
    >>> from govproject.regulation.pack import pack
    >>> small = AcceptanceFacts.example(amount_yuan=Decimal("300000"))
    >>> [route.stage.zh for route in two_acceptance_stages(small, pack("tinghu-2025"))
    ...  if route.required]
    ['终验']
    """
    preliminary = Route(AcceptanceStage.PRELIMINARY, needs_preliminary(facts, pack), "建设完成后")
    trial = Route(AcceptanceStage.TRIAL, needs_trial(facts, pack), "初验通过后")
    final = Route(AcceptanceStage.FINAL, required=True, why="项目均须终验")
    if goes_straight_to_final(facts, pack):
        direct = "投资额100万元以下的项目可不经初验直接终验"
        return preliminary._replace(why=direct), trial._replace(why=direct), final
    if not preliminary.required:
        preliminary = preliminary._replace(why=f"不开展的理由：{facts.preliminary_waiver}")
    if not trial.required:
        trial = trial._replace(why=f"不开展的理由：{facts.trial_waiver}")
    return preliminary, trial, final


@rule(
    "acceptance",
    article="19",
    clause="0b",
    quote="货物类、服务类项目根据实际需求开展验收",
)
def goods_services_acceptance(facts: AcceptanceFacts, pack: RulePack) -> Findings:
    """Operation, service and goods projects may go without preliminary and trial, with reasons.

    So do operation and services below 100万: the sentence that lets projects of that amount go
    straight to the final names 建设项目. Goods are what all contracts of the project are about.

    >>> from govproject.regulation.pack import pack
    >>> service = {"kind": "service", "preliminary_passed_on": None}
    >>> facts = AcceptanceFacts.example(**service)
    >>> [f.severity for f in goods_services_acceptance(facts, pack("tinghu-2025"))]
    ['block']
    >>> facts = AcceptanceFacts.example(**service, preliminary_waiver="按月考核，无建设内容")
    >>> [f.severity for f in goods_services_acceptance(facts, pack("tinghu-2025"))]
    ['warn']
    """
    if facts.stage is not AcceptanceStage.FINAL or not on_need(facts, pack):
        return
    for step, happened, reason in (
        (AcceptanceStage.PRELIMINARY, facts.preliminary_passed_on, facts.preliminary_waiver),
        (AcceptanceStage.TRIAL, facts.trial_started_on, facts.trial_waiver),
    ):
        if happened is not None:
            continue
        if reason is None:
            yield block(
                f"{named(facts)}项目未开展{step.zh}，也未说明理由。",
                remedy=f"请开展{step.zh}，或结合实际需求说明不开展{step.zh}的理由。",
                step=step.value,
            )
        else:
            yield warn(
                f"{named(facts)}项目根据实际需求未开展{step.zh}：{reason}",
                remedy="请在终验时核实该理由。",
                step=step.value,
                reason=reason,
            )


@rule(
    "acceptance",
    article="19",
    clause="(二)17",
    quote="投资额100万元以下的建设项目可不经初验直接终验",
)
def under_100_skip_prelim(facts: AcceptanceFacts, pack: RulePack) -> Findings:
    """Below 100万 preliminary and the trial that follows it may be left out; it is pointed out.

    >>> from decimal import Decimal
    >>> from govproject.regulation.pack import pack
    >>> facts = AcceptanceFacts.example(
    ...     amount_yuan=Decimal("999999.99"), preliminary_passed_on=None
    ... )
    >>> [finding.severity for finding in under_100_skip_prelim(facts, pack("tinghu-2025"))]
    ['warn']
    """
    if (
        facts.stage is AcceptanceStage.FINAL
        and goes_straight_to_final(facts, pack)
        and facts.preliminary_passed_on is None
    ):
        yield warn(
            "项目投资额不足100万元，未经初验直接组织终验。",
            remedy="无需补办初验；请在终验时一并检查系统可用性。",
            amount_yuan=str(facts.amount_yuan),
        )
