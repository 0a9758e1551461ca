"""第3条 区政务信息化项目均应纳入市级政务信息化项目管理系统统一管理。

未纳入平台管理的项目，区数据局将不予分配基础设施资源。

The last two rules are ours, not the text's: when the gate's own knowledge of a project is
incomplete or too old, it cannot tell that the project is managed in the platform, so it refuses.
"""

from govproject import AllocationFacts, Findings, block, rule
from govproject.regulation.told import incomplete, outdated
from govproject.terms import ReliefKind

_UNSURE = "无法确认项目状态，暂不予分配"


@rule(
    "allocation",
    article="3",
    clause="2",
    quote="未纳入平台管理的项目，区数据局将不予分配基础设施资源",
)
def no_registration_no_resource(facts: AllocationFacts) -> Findings:
    """A project that is not in the municipal system gets no resources; nothing lifts this.

    One that has a reference but was never heard to be declared is not known to be that project.

    >>> facts = AllocationFacts.example(city_system_ref=None)
    >>> [finding.message for finding in no_registration_no_resource(facts)]
    ['项目未纳入市级政务信息化项目管理系统，不予分配基础设施资源。']
    """
    known = facts.declared and facts.track is not None
    if not known or facts.city_system_ref is None:
        yield block(
            "项目未纳入市级政务信息化项目管理系统，不予分配基础设施资源。",
            remedy=(
                "请项目单位在市级政务信息化项目管理系统登记项目，区数据局登记取得的编号后重新申请。"
                if facts.declared
                else "请先申报项目，再在市级政务信息化项目管理系统登记，取得编号后重新申请。"
            ),
            declared=facts.declared,
            city_system_ref=facts.city_system_ref,
        )


@rule(
    "allocation",
    article="3",
    clause="1",
    quote="均应纳入市级政务信息化项目管理系统统一管理",
    relief=ReliefKind.BUREAU_DECISION,
)
def standing_is_current(facts: AllocationFacts) -> Findings:
    """What the gate knows must be recent enough to decide on.

    >>> facts = AllocationFacts.example(knowledge_age_minutes=1441)
    >>> [finding.relief.value for finding in standing_is_current(facts)]
    ['bureau_decision']
    """
    yield from outdated(facts, _UNSURE)


@rule(
    "allocation",
    article="3",
    clause="1",
    quote="均应纳入市级政务信息化项目管理系统统一管理",
    relief=ReliefKind.BUREAU_DECISION,
)
def standing_is_complete(facts: AllocationFacts) -> Findings:
    """Every event about the project must have been taken in; one that waits may matter.

    >>> [finding.fact for finding in standing_is_complete(AllocationFacts.example(backlog=1))]
    [{'backlog': 1}]
    """
    yield from incomplete(facts.backlog, _UNSURE)
