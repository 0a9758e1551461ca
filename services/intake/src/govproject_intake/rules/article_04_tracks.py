"""第4条 区政务信息化项目管理分为全过程管理和报备制管理。

（一）预算金额100万元（含）以上的区政务信息化项目采用全过程管理。
（二）预算金额100万元以下的区政务信息化项目采用报备制管理，按照本细则第五章执行。

The track itself is derived by `RulePack.track`; what is left is the attempt to slip under the
boundary: by splitting one project into several, at once, year by year or by changes, or by asking
for less once the review has begun.
"""

from collections.abc import Sequence
from decimal import Decimal

from govproject import (
    ChangeFacts,
    DeclarationFacts,
    FilingFacts,
    Findings,
    RulePack,
    rule,
    warn,
)
from govproject.terms import Track


def track_after_change(track: Track, amount_yuan: Decimal, begun: bool, pack: RulePack) -> Track:
    """The track of a changed amount; a full process that has begun is gone through to its end.

    >>> from govproject.regulation.pack import pack
    >>> less = Decimal("999999.99")
    >>> track_after_change(Track.FULL_PROCESS, less, True, pack("tinghu-2025")).value
    'full_process'
    >>> track_after_change(Track.FULL_PROCESS, less, False, pack("tinghu-2025")).value
    'filing'
    """
    if begun and track is Track.FULL_PROCESS:
        return track
    return pack.track(amount_yuan)


@rule(
    "declaration",
    article="4",
    clause="(二)",
    quote="预算金额100万元以下的区政务信息化项目采用报备制管理",
)
def filing_lt_100(facts: DeclarationFacts, pack: RulePack) -> Findings:
    """Small projects of one unit that together reach the boundary are pointed out.

    They are of one year, or of one name or system in whatever year.

    >>> from decimal import Decimal
    >>> from govproject.regulation.pack import pack
    >>> small = {"budget_yuan": Decimal("600000")}
    >>> facts = DeclarationFacts.example(**small, sibling_budgets_yuan=(Decimal("400000"),))
    >>> [finding.severity for finding in filing_lt_100(facts, pack("tinghu-2025"))]
    ['warn']
    >>> filing_lt_100(DeclarationFacts.example(**small), pack("tinghu-2025"))
    ()
    """
    siblings, namesakes = facts.sibling_budgets_yuan, facts.namesake_budgets_yuan
    yield from _together(facts.budget_yuan, siblings, namesakes, pack)


@rule(
    "filing",
    article="4",
    clause="(二)",
    quote="预算金额100万元以下的区政务信息化项目采用报备制管理",
)
def filings_add_up_to_full_process(facts: FilingFacts, pack: RulePack) -> Findings:
    """The same once more where the bureau decides, on what was declared and changed since.

    >>> from govproject.regulation.pack import pack
    >>> told = {"amount_yuan": "600000", "sibling_budgets_yuan": ["400000"]}
    >>> facts = FilingFacts.example(**told)
    >>> [found.fact for found in filings_add_up_to_full_process(facts, pack("tinghu-2025"))]
    [{'total_yuan': '1000000.00'}]
    """
    if facts.track is Track.FILING:
        siblings, namesakes = facts.sibling_budgets_yuan, facts.namesake_budgets_yuan
        yield from _together(facts.amount_yuan, siblings, namesakes, pack)


@rule(
    "change",
    article="4",
    clause="(二)",
    quote="预算金额100万元以下的区政务信息化项目采用报备制管理",
)
def changes_add_up_to_full_process(facts: ChangeFacts, pack: RulePack) -> Findings:
    """The same of an amount that grows: small projects are not made large by their changes.

    >>> from govproject.regulation.pack import pack
    >>> grown = {"track": "filing", "amount_yuan": "100000", "new_amount_yuan": "999999.99"}
    >>> facts = ChangeFacts.example(**grown, sibling_budgets_yuan=["100000", "100000"])
    >>> [found.fact for found in changes_add_up_to_full_process(facts, pack("tinghu-2025"))]
    [{'total_yuan': '1199999.99'}]
    """
    new = facts.new_amount_yuan
    if facts.track is Track.FILING and new is not None and new > facts.amount_yuan:
        yield from _together(new, facts.sibling_budgets_yuan, facts.namesake_budgets_yuan, pack)


def _together(
    amount_yuan: Decimal, siblings: Sequence[Decimal], namesakes: Sequence[Decimal], pack: RulePack
) -> Findings:
    if pack.track(amount_yuan) is not Track.FILING:
        return
    for others, which in (
        (siblings, "同一计划年度的报备制项目"),
        (namesakes, "各年度同名或同一系统的报备制项目"),
    ):
        total = amount_yuan + sum(others)
        if others and total >= pack.full_process_from_yuan:
            yield warn(
                f"本单位{which}预算合计已达到全过程管理标准，请核实是否存在拆分立项。",
                remedy="如属同一项目，请合并申报；如确属不同项目，请向区数据局书面说明理由。",
                total_yuan=str(total),
            )
            return
