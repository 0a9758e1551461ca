"""第17条 项目建设过程中若项目负责人或投标人员变更，承建单位需提交人员变更申请。

项目单位、监理单位、承建单位三方共同确认变更合理性，并通过变更申请。
"""

from govproject import ConstructionFacts, ContractFacts, Findings, block, rule, warn
from govproject.names import person, plain
from govproject.terms import ConstructionStep
from govproject_intake.rules.confirmation import outstanding, signed_for

_REPLACES = (ConstructionStep.PERSONNEL, ConstructionStep.PERSONNEL_EFFECT)


@rule("contract", article="17", clause="1", quote="项目负责人或投标人员变更")
def contract_personnel_known(facts: ContractFacts) -> Findings:
    """Nobody can tell a replacement where nobody was named; they can be listed once later.

    >>> facts = ContractFacts.example(listed=[])
    >>> [finding.message for finding in contract_personnel_known(facts)]
    ['合同没有登记项目负责人和投标人员，尚不能管理人员变更。']
    """
    if not facts.listed and facts.subject.carries_out(facts.kind):
        yield warn(
            "合同没有登记项目负责人和投标人员，尚不能管理人员变更。",
            remedy="请补登投标文件或合同所列人员；此后更换的，由承建单位提交人员变更申请。",
            listed=[],
        )


@rule("construction", article="17", clause="1", quote="项目负责人或投标人员变更")
def personnel_change(facts: ConstructionFacts) -> Findings:
    """Who is replaced was named in the bid or the contract, and who takes the place was not.

    At its effect the spelling alone is compared: an application on record is not undone for an
    office in brackets.

    >>> facts = ConstructionFacts.example(step="personnel", replaced="王五")
    >>> [finding.message for finding in personnel_change(facts)]
    ['“王五”不是投标文件或合同所列人员（所列2人）。']
    """
    if facts.step in _REPLACES and facts.replaced not in facts.listed:
        yield block(
            f"“{facts.replaced}”不是投标文件或合同所列人员（所列{len(facts.listed)}人）。",
            remedy="请核对姓名；尚未登记项目负责人和投标人员的，请先登记。",
            replaced=facts.replaced,
            listed=list(facts.listed),
        )
    joining = facts.joining
    same = person if facts.step is ConstructionStep.PERSONNEL else plain
    if facts.step in _REPLACES and joining and same(joining) in map(same, facts.listed):
        yield block(
            f"接替人员“{joining}”已是投标文件或合同所列人员，没有更换任何人。",
            remedy="请核对接替人员的姓名；确系同名的不同人员的，请在姓名后加注（2）等以便区分。",
            joining=joining,
            listed=list(facts.listed),
        )


@rule("construction", article="17", clause="2", quote="三方共同确认变更合理性，并通过变更申请")
def personnel_change_confirm(facts: ConstructionFacts) -> Findings:
    """A replacement takes effect when it is confirmed as an extension is (Art 15).

    >>> facts = ConstructionFacts.example(step="personnel_effect", signed=["contractor"])
    >>> [finding.message for finding in personnel_change_confirm(facts)]
    ['人员变更尚未经各方确认，缺少：项目单位签字、监理单位签字。']
    """
    lacking = outstanding(facts)
    if facts.step is ConstructionStep.PERSONNEL_EFFECT and lacking:
        yield block(
            f"人员变更尚未经各方确认，缺少：{'、'.join(lacking)}。",
            remedy="请补齐三方签字；未聘请监理单位的，组织专家评审确认合理性。",
            lacking=lacking,
        )


@rule("construction", article="17", clause="2", quote="三方共同确认变更合理性，并通过变更申请")
def personnel_signers_differ(facts: ConstructionFacts) -> Findings:
    """Who confirms for one party does not confirm for another, as with an extension (Art 15).

    >>> facts = ConstructionFacts.example(
    ...     step="personnel_signature", signer="赵六", signers={"unit": "赵六"}
    ... )
    >>> [finding.message for finding in personnel_signers_differ(facts)]
    ['“赵六”已代表项目单位签字确认人员变更，不能再代表另一方。']
    """
    others = signed_for(facts)
    if facts.step is ConstructionStep.PERSONNEL_SIGNATURE and others:
        yield block(
            f"“{facts.signer}”已代表{'、'.join(others)}签字确认人员变更，不能再代表另一方。",
            remedy="请由各方自己的人员签字；确系同名的不同人员的，请在姓名后加注（2）等以便区分。",
            signer=facts.signer,
            signed_for=others,
        )
