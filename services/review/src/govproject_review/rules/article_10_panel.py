"""第10条 由项目单位牵头负责组织专家评审，区数据局从盐城市市级政务信息化项目评审专家库中抽取专家。

可包括项目相关领域业务专家、信息化专家、网络安全专家等。专家评审原则上为3人及以上单数，100万元（含）以上的项目为5人及以上单数。专家论证意见应从项目必要性、
经济合理性、技术可行性、数据共享性、网络安全性等方面作出评价。

Only drawn experts who attended and signed are counted. 原则上 is read with the first half alone:
the second names a fixed number for the larger projects, so nothing lifts it.
"""

from decimal import Decimal

from govproject import Findings, PanelFacts, RulePack, block, rule, warn
from govproject.terms import ReliefKind, Term, Track


class Dimension(Term):
    """What each expert's opinion must speak to."""

    NECESSITY = "necessity", "项目必要性"
    ECONOMY = "economy", "经济合理性"
    FEASIBILITY = "feasibility", "技术可行性"
    DATA_SHARING = "data_sharing", "数据共享性"
    SECURITY = "security", "网络安全性"


@rule(
    "panel",
    article="10",
    clause="2",
    quote="区数据局从盐城市市级政务信息化项目评审专家库中抽取专家",
)
def experts_drawn_by_bureau(facts: PanelFacts) -> Findings:
    """Nobody sits on the panel who was not drawn.

    >>> facts = PanelFacts.example(not_from_the_draw=("张三",))
    >>> [finding.message for finding in experts_drawn_by_bureau(facts)]
    ['以下人员未经区数据局抽取：张三。']
    """
    if facts.not_from_the_draw:
        yield block(
            f"以下人员未经区数据局抽取：{'、'.join(facts.not_from_the_draw)}。",
            remedy="请区数据局从市级专家库中抽取评审专家；缺席的，请区数据局递补。",
            not_from_the_draw=list(facts.not_from_the_draw),
        )


@rule(
    "panel",
    article="10",
    clause="5",
    quote="专家评审原则上为3人及以上单数，100万元（含）以上的项目为5人及以上单数",
)
def absent_experts_are_replaced(facts: PanelFacts) -> Findings:
    """Nobody who was drawn is left out in silence: who is absent withdraws and an alternate comes.

    >>> facts = PanelFacts.example(absent_members=("王五", "赵六"))
    >>> [finding.message for finding in absent_experts_are_replaced(facts)]
    ['以下抽取的专家未列入到会名单，也未递补：王五、赵六。']
    """
    if facts.absent_members:
        yield block(
            f"以下抽取的专家未列入到会名单，也未递补：{'、'.join(facts.absent_members)}。",
            remedy="请区数据局登记其缺席及原因，由候补专家依次递补，递补的专家签署后再形成结论。",
            absent_members=list(facts.absent_members),
        )


@rule("panel", article="10", clause="2", quote="从盐城市市级政务信息化项目评审专家库中抽取专家")
def conflicted_experts_step_back(facts: PanelFacts) -> Findings:
    """Whoever has a stake in the project does not count, also if that is known after the draw.

    Who steps back is policy of this system, not a sentence of the article (0008).

    >>> facts = PanelFacts.example(conflicted=("张三（任职于项目单位）",))
    >>> [finding.message for finding in conflicted_experts_step_back(facts)]
    ['以下专家应当回避：张三（任职于项目单位）。']
    """
    if facts.conflicted:
        yield block(
            f"以下专家应当回避：{'、'.join(facts.conflicted)}。",
            remedy="请区数据局登记其回避，由候补专家递补，递补的专家签署后再形成结论。",
            conflicted=list(facts.conflicted),
        )


@rule("panel", article="10", clause="2", quote="从盐城市市级政务信息化项目评审专家库中抽取专家")
def each_expert_signs_alone(facts: PanelFacts) -> Findings:
    """Experts are counted by persons: opinions that one account signed for several do not count.

    >>> facts = PanelFacts.example(signed_by_one_account=("张三", "李四"))
    >>> [finding.message for finding in each_expert_signs_alone(facts)]
    ['以下专家的论证意见由同一账号签署：张三、李四。']
    """
    if facts.signed_by_one_account:
        yield block(
            f"以下专家的论证意见由同一账号签署：{'、'.join(facts.signed_by_one_account)}。",
            remedy="请区数据局为每位专家登记本人账号，由其本人重新签署后再形成结论。",
            signed_by_one_account=list(facts.signed_by_one_account),
        )


@rule(
    "panel",
    article="10",
    clause="3",
    quote="可包括项目相关领域业务专家、信息化专家、网络安全专家等",
)
def expert_fields(facts: PanelFacts) -> Findings:
    """可: a field that the bureau named and that nobody there has is said, and refuses nothing.

    >>> [f.severity for f in expert_fields(PanelFacts.example(absent_fields=("网络安全",)))]
    ['warn']
    """
    if facts.absent_fields:
        yield warn(
            f"专家组中没有以下领域的专家：{'、'.join(facts.absent_fields)}。",
            remedy="请区数据局视项目需要补充专家库后重新抽取，或在评审时听取有关领域意见。",
            absent_fields=list(facts.absent_fields),
        )


@rule(
    "panel",
    article="10",
    clause="4",
    quote="专家评审原则上为3人及以上单数",
    relief=ReliefKind.EXCEPTION,
)
def expert_count_min_3_odd(facts: PanelFacts, pack: RulePack) -> Findings:
    """Below 100万: three or more, and odd.

    >>> from govproject.regulation.pack import pack
    >>> facts = PanelFacts.example(amount_yuan=Decimal("999999.99"), signed=4)
    >>> [f.relief.value for f in expert_count_min_3_odd(facts, pack("tinghu-2025"))]
    ['exception']
    """
    if pack.track(facts.amount_yuan) is Track.FILING:
        yield from _count(facts.signed, minimum(pack, facts.amount_yuan))


@rule(
    "panel",
    article="10",
    clause="5",
    quote="100万元（含）以上的项目为5人及以上单数",
)
def expert_count_min_5_odd_ge_100(facts: PanelFacts, pack: RulePack) -> Findings:
    """From 100万 on: five or more, and odd.

    >>> from govproject.regulation.pack import pack
    >>> facts = PanelFacts.example(signed=3)
    >>> [f.relief.value for f in expert_count_min_5_odd_ge_100(facts, pack("tinghu-2025"))]
    ['none']
    """
    if pack.track(facts.amount_yuan) is Track.FULL_PROCESS:
        yield from _count(facts.signed, minimum(pack, facts.amount_yuan))


@rule(
    "panel",
    article="10",
    clause="6",
    quote="应从项目必要性、经济合理性、技术可行性、数据共享性、网络安全性等方面作出评价",
)
def expert_opinion_dimensions(facts: PanelFacts) -> Findings:
    """Each expert speaks to all five dimensions.

    >>> facts = PanelFacts.example(incomplete_opinions=("李四（缺网络安全性）",))
    >>> [finding.message for finding in expert_opinion_dimensions(facts)]
    ['以下专家的论证意见不完整：李四（缺网络安全性）。']
    """
    if facts.incomplete_opinions:
        yield block(
            f"以下专家的论证意见不完整：{'、'.join(facts.incomplete_opinions)}。",
            remedy="请评审专家从五个方面逐项作出评价并签字；不能签字的，请区数据局递补。",
            incomplete_opinions=list(facts.incomplete_opinions),
        )


def minimum(pack: RulePack, amount_yuan: Decimal) -> int:
    """The least number of experts for a project of this amount.

    >>> from govproject.regulation.pack import pack
    >>> minimum(pack("tinghu-2025"), Decimal(1000000))
    5
    """
    if pack.track(amount_yuan) is Track.FULL_PROCESS:
        return pack.panel_min_full_process
    return pack.panel_min


def suits(pack: RulePack, amount_yuan: Decimal, experts: int) -> bool:
    """Whether a panel that was right for some amount is right for this one.

    Below 100万 it is: fewer than three, or an even number, had an exception of their own.

    >>> from govproject.regulation.pack import pack
    >>> suits(pack("tinghu-2025"), Decimal(1500000), 6)
    False
    """
    if pack.track(amount_yuan) is not Track.FULL_PROCESS:
        return True
    return experts >= minimum(pack, amount_yuan) and experts % 2 == 1


def _count(signed: int, least: int) -> Findings:
    if signed < least or signed % 2 == 0:
        yield block(
            f"专家评审应为{least}人及以上单数，实际为{signed}人。",
            remedy="请区数据局从候补专家中递补，或按规定人数重新抽取。",
            signed=signed,
            least=least,
        )
