"""第15条 项目单位应根据合同工期要求，对项目实行严格的项目计划管理。

若项目因故需延期，承建方应提出延期申请和进度修正方案，由项目单位、监理单位、承建单位三方协商或组织专家评审确认合理性，
并予以签字确认。
"""

from govproject import ConstructionFacts, ContractFacts, Findings, block, rule, warn
from govproject.terms import ConstructionStep
from govproject_intake.rules.confirmation import outstanding, signed_for

_PLANS = (ConstructionStep.SCHEDULE, ConstructionStep.EXTENSION)
_EXTENDS = (ConstructionStep.EXTENSION, ConstructionStep.EXTENSION_EFFECT)


@rule("contract", article="15", clause="1", quote="根据合同工期要求")
def contract_term_known(facts: ContractFacts) -> Findings:
    """A contract without a last day cannot be kept to one; the schedule may still bring it.

    >>> [finding.severity for finding in contract_term_known(ContractFacts.example(ends_on=None))]
    ['warn']
    """
    if facts.ends_on is None and facts.subject.carries_out(facts.kind):
        yield warn(
            "合同没有登记工期截止日，尚不能对项目实行计划管理。",
            remedy="请随进度计划补登合同约定的工期截止日；需延期的，由承建单位提出延期申请。",
            ends_on=None,
        )


@rule("construction", article="15", clause="1", quote="对项目实行严格的项目计划管理")
def schedule_management(facts: ConstructionFacts) -> Findings:
    """The schedule has milestones, none of them later than the contract's last day.

    >>> facts = ConstructionFacts.example(step="schedule", new_ends_on=None)
    >>> [finding.message for finding in schedule_management(facts)]
    ['进度计划有1个节点晚于合同工期截止日2026-12-31。']
    """
    if facts.step not in _PLANS:
        return
    ends_on = facts.new_ends_on or facts.contract_ends_on
    if ends_on is None:
        yield block(
            "合同尚未登记工期截止日，无法据以管理进度。",
            remedy="请填写合同约定的工期截止日后重新提交进度计划。",
            contract_ends_on=None,
        )
        return
    if not facts.milestones:
        yield block("进度计划没有节点。", remedy="请按合同工期编排至少一个节点。", milestones=0)
    late = [day for day in facts.milestones if day > ends_on]
    if late:
        yield block(
            f"进度计划有{len(late)}个节点晚于合同工期截止日{ends_on}。",
            remedy="请将各节点安排在合同工期内；确需延期的，由承建单位提出延期申请。",
            late=[day.isoformat() for day in late],
            ends_on=ends_on.isoformat(),
        )


@rule("construction", article="15", clause="2", quote="承建方应提出延期申请和进度修正方案")
def extension_application(facts: ConstructionFacts) -> Findings:
    """An extension goes beyond the contract's last day; asked for after it, it is late.

    >>> from datetime import date
    >>> facts = ConstructionFacts.example(step="extension", today=date(2027, 1, 1))
    >>> [finding.severity for finding in extension_application(facts)]
    ['warn']
    """
    if facts.step not in _EXTENDS or facts.contract_ends_on is None:
        return
    ends_on = facts.contract_ends_on
    if facts.new_ends_on is None or facts.new_ends_on <= ends_on:
        yield block(
            f"延期后的工期截止日不晚于现工期截止日{ends_on}。",
            remedy="请核对延期后的工期截止日和进度修正方案。",
            ends_on=ends_on.isoformat(),
        )
    if facts.step is ConstructionStep.EXTENSION and facts.today > ends_on:
        days = (facts.today - ends_on).days
        yield warn(
            f"延期申请在合同工期截止日{ends_on}之后{days}天提出，按逾期申请登记。",
            remedy="请在申请中说明逾期的原因；今后请在合同工期内提出。",
            ends_on=ends_on.isoformat(),
            days_late=days,
        )


@rule(
    "construction",
    article="15",
    clause="3",
    quote="三方协商或组织专家评审确认合理性，并予以签字确认",
)
def extension_three_party_sign(facts: ConstructionFacts) -> Findings:
    """An extension takes effect when all have signed; experts stand in for a missing supervisor.

    >>> facts = ConstructionFacts.example(signed=["unit", "contractor"])
    >>> [finding.message for finding in extension_three_party_sign(facts)]
    ['延期尚未经各方确认，缺少：监理单位签字。']
    """
    lacking = outstanding(facts)
    if facts.step is ConstructionStep.EXTENSION_EFFECT and lacking:
        yield block(
            f"延期尚未经各方确认，缺少：{'、'.join(lacking)}。",
            remedy="请补齐三方签字；未聘请监理单位的，组织专家评审确认合理性。",
            lacking=lacking,
        )


@rule(
    "construction",
    article="15",
    clause="3",
    quote="三方协商或组织专家评审确认合理性，并予以签字确认",
)
def extension_signers_differ(facts: ConstructionFacts) -> Findings:
    """Each of the three confirms by a person of its own.

    >>> facts = ConstructionFacts.example(
    ...     step="extension_signature", signer="赵六", signers={"unit": "赵六"}
    ... )
    >>> [finding.message for finding in extension_signers_differ(facts)]
    ['“赵六”已代表项目单位签字确认延期，不能再代表另一方。']
    """
    others = signed_for(facts)
    if facts.step is ConstructionStep.EXTENSION_SIGNATURE and others:
        yield block(
            f"“{facts.signer}”已代表{'、'.join(others)}签字确认延期，不能再代表另一方。",
            remedy="请由各方自己的人员签字；确系同名的不同人员的，请在姓名后加注（2）等以便区分。",
            signer=facts.signer,
            signed_for=others,
        )
