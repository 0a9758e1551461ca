"""第19条（一）项目初验

项目建设完成后，由项目单位组织本单位技术主管、系统使用者代表、项目承建单位、监理单位以及专家召开项目
初验评审会，形成项目初步验收意见，并按初验要求在试运行前完成系统调整。
"""

from govproject import AcceptanceFacts, Findings, RulePack, block, rule, warn
from govproject.terms import AcceptanceStage, ParticipantRole
from govproject_acceptance.rules.requirements import judged_on, needs_preliminary


@rule(
    "acceptance",
    article="19",
    clause="(一)1",
    quote="组织本单位技术主管、系统使用者代表、项目承建单位、监理单位以及专家召开项目初验评审会",
)
def prelim_participants(facts: AcceptanceFacts) -> Findings:
    """At least one of each role; a supervisor only where one was engaged.

    >>> facts = AcceptanceFacts.example(stage="preliminary", participants=("contractor", "expert"))
    >>> [finding.fact["missing"] for finding in prelim_participants(facts)]
    [['technical_head', 'user_representative', 'supervisor']]
    """
    if facts.stage is not AcceptanceStage.PRELIMINARY:
        return
    missing = [role for role in ParticipantRole if role not in facts.participants]
    if facts.without_supervisor and not facts.supervision_contracted:
        missing = [role for role in missing if role is not ParticipantRole.SUPERVISOR]
    if missing:
        named = "、".join(role.zh for role in missing)
        yield block(
            f"初验评审会缺少：{named}。",
            remedy="请通知上述人员到会；未聘请监理单位的，请如实声明。",
            missing=[role.value for role in missing],
            supervision_contracted=facts.supervision_contracted,
        )


@rule(
    "acceptance",
    article="19",
    clause="(一)1",
    quote="组织本单位技术主管、系统使用者代表、项目承建单位、监理单位以及专家召开项目初验评审会",
)
def prelim_one_role_each(facts: AcceptanceFacts) -> Findings:
    """Five parties are five people at least: who comes for one of them does not come for another.

    >>> facts = AcceptanceFacts.example(
    ...     stage="preliminary", in_several_roles=("张三（技术主管、专家）",)
    ... )
    >>> [finding.message for finding in prelim_one_role_each(facts)]
    ['以下人员以不止一种身份参加初验评审会：张三（技术主管、专家）。']
    """
    if facts.stage is AcceptanceStage.PRELIMINARY and facts.in_several_roles:
        yield block(
            f"以下人员以不止一种身份参加初验评审会：{'、'.join(facts.in_several_roles)}。",
            remedy="请为每种身份通知不同的人员到会；系同名的不同人员的，请在姓名后加注（2）等以便区分。",
            in_several_roles=list(facts.in_several_roles),
        )


@rule(
    "acceptance",
    article="19",
    clause="(一)1",
    quote="组织本单位技术主管、系统使用者代表、项目承建单位、监理单位以及专家召开项目初验评审会",
)
def prelim_people_of_parties(facts: AcceptanceFacts) -> Findings:
    """Who comes for a party is of it: of the unit, or of one that a contract names.

    >>> facts = AcceptanceFacts.example(stage="preliminary", roles_of_others=("contractor",))
    >>> [finding.message for finding in prelim_people_of_parties(facts)]
    ['以下身份的参会人员所在单位与项目单位或合同所列单位不一致：承建单位。']
    """
    if facts.stage is AcceptanceStage.PRELIMINARY and facts.roles_of_others:
        named = "、".join(role.zh for role in facts.roles_of_others)
        yield warn(
            f"以下身份的参会人员所在单位与项目单位或合同所列单位不一致：{named}。",
            remedy="请核对参会人员的工作单位；受托代表参会的，请在初步验收意见中写明。",
            roles_of_others=[role.value for role in facts.roles_of_others],
        )


@rule("acceptance", article="19", clause="(一)2", quote="形成项目初步验收意见")
def prelim_opinion_on_file(facts: AcceptanceFacts) -> Findings:
    """The opinion is a paper that those who met have signed, whatever it concludes.

    >>> facts = AcceptanceFacts.example(stage="preliminary", opinion_on_file=False)
    >>> [finding.message for finding in prelim_opinion_on_file(facts)]
    ['未附经参会各方签署的项目初步验收意见。']
    """
    if facts.stage is AcceptanceStage.PRELIMINARY and not facts.opinion_on_file:
        yield block(
            "未附经参会各方签署的项目初步验收意见。",
            remedy="请由参会各方签署初步验收意见，上传该文件后再登记初验评审会。",
            opinion_on_file=False,
        )


@rule(
    "acceptance",
    article="19",
    clause="(一)2",
    quote="按初验要求在试运行前完成系统调整",
)
def prelim_opinion_and_fix(facts: AcceptanceFacts, pack: RulePack) -> Findings:
    """The trial starts after the preliminary passed and its list is worked off.

    An explanation is not enough for that; at final acceptance it is, with a trial or without.

    >>> from govproject.regulation.pack import pack
    >>> facts = AcceptanceFacts.example(stage="trial", must_fix_open=1)
    >>> [finding.rule for finding in prelim_opinion_and_fix(facts, pack("tinghu-2025"))]
    ['prelim_opinion_and_fix']
    """
    if facts.stage is not AcceptanceStage.TRIAL:
        return
    if facts.must_fix_open:
        yield block(
            f"初验整改清单尚有{facts.must_fix_open}项未完成。",
            remedy="请完成整改，并逐项填写完成日期和整改情况。",
            must_fix_open=facts.must_fix_open,
        )
    passed_on, starts_on = facts.preliminary_passed_on, judged_on(facts)
    if passed_on is None and needs_preliminary(facts, pack):
        yield block(
            "项目初验尚未合格，不能开始试运行。",
            remedy="请先组织项目初验。",
            preliminary_passed_on=None,
        )
    elif passed_on is not None and starts_on < passed_on:
        yield block(
            f"试运行开始日期早于初验通过日期{passed_on.isoformat()}。",
            remedy="请核对试运行开始日期。",
            preliminary_passed_on=passed_on.isoformat(),
            trial_started_on=starts_on.isoformat(),
        )
