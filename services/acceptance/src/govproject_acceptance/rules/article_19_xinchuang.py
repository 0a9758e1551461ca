"""第19条（二）（1）未满足信创技术路线要求的。

第9条 ……区委办负责对项目密码应用方案和信创要求等情况进行评审。

The route is the one that the party office judged then, with its conditions.
"""

from govproject import AcceptanceFacts, Findings, block, rule, warn
from govproject.terms import AcceptanceStage, Track, Veto


@rule("acceptance", article="19", clause="(二)（1）", quote="未满足信创技术路线要求的")
def xinchuang_compared(facts: AcceptanceFacts) -> Findings:
    """That the case is not given counts once it says what was found of the route in question.

    >>> facts = AcceptanceFacts.example(
    ...     xinchuang_verdict="pass_with_conditions",
    ...     xinchuang_opinion="数据库须更换为信创产品",
    ...     xinchuang_compared=False,
    ... )
    >>> [finding.message for finding in xinchuang_compared(facts)]
    ['尚未对照区委办的会审意见（附条件通过：数据库须更换为信创产品）核查信创技术路线。']
    """
    if facts.stage is not AcceptanceStage.FINAL or facts.xinchuang_compared:
        return
    if facts.vetoes.get(Veto.XINCHUANG) != "clear":
        return
    if facts.xinchuang_verdict is not None:
        said = "：".join(filter(None, (facts.xinchuang_verdict.zh, facts.xinchuang_opinion)))
        yield block(
            f"尚未对照区委办的会审意见（{said}）核查信创技术路线。",
            remedy="请专家组对照核查，并在终验记录的“信创技术路线落实情况”中逐项写明。",
            verdict=facts.xinchuang_verdict.value,
        )
    elif facts.track is Track.FULL_PROCESS:
        yield warn(
            "没有收到区委办的会审意见，不能核对信创技术路线的结论。",
            remedy="请专家组对照项目会审意见和立项批复核查，并写明落实情况。",
            verdict=None,
        )
