"""Which steps a project must go through before final acceptance (Art 19).

Several clauses depend on it, and so does what a project is told to do next.
"""

from datetime import date

from govproject import AcceptanceFacts, RulePack
from govproject.terms import AcceptanceStage, FilingStatus, ProjectKind, Track

ON_NEED = tuple(kind for kind in ProjectKind if kind.serves)
"""Kinds accepted "according to actual need": a step may be left out, with a reason."""

MEETINGS = (AcceptanceStage.PRELIMINARY, AcceptanceStage.LOT, AcceptanceStage.FINAL)
"""The steps at which people meet for acceptance (组织项目验收)."""


def judged_on(facts: AcceptanceFacts) -> date:
    """The day that counts: that of the meeting, or today while there is none."""
    return facts.held_on or facts.today


def is_filed(facts: AcceptanceFacts) -> bool:
    """Whether a filing was handed in by then and is not found irregular."""
    return facts.filing_status not in (FilingStatus.NONE, FilingStatus.IRREGULAR)


def is_small(facts: AcceptanceFacts, pack: RulePack) -> bool:
    """Whether the amount is below 100万; the boundary itself is not (Art 4)."""
    return pack.track(facts.amount_yuan) is Track.FILING


def organises_its_final(facts: AcceptanceFacts, pack: RulePack) -> bool:
    """Whether the unit does so by itself, after its filing: who was approved has none to show."""
    return is_small(facts, pack) and facts.track is Track.FILING


def on_need(facts: AcceptanceFacts, pack: RulePack) -> bool:
    """Whether a step may be left out with a reason: operation, services, and goods alone (Art 19).

    Goods below 100万 go straight to the final as any 建设项目 of that amount does.
    """
    return facts.kind in ON_NEED or (facts.goods_only and not is_small(facts, pack))


def named(facts: AcceptanceFacts) -> str:
    """What such a project is called: goods by what it buys, else by its kind."""
    return facts.kind.zh if facts.kind in ON_NEED else "货物类"


def goes_straight_to_final(facts: AcceptanceFacts, pack: RulePack) -> bool:
    """Whether preliminary and trial may be left out without a word: 建设项目 below 100万 alone."""
    return is_small(facts, pack) and facts.kind not in ON_NEED


def needs_preliminary(facts: AcceptanceFacts, pack: RulePack) -> bool:
    """Whether final acceptance must be preceded by a passed preliminary acceptance."""
    waived = on_need(facts, pack) and facts.preliminary_waiver is not None
    return not goes_straight_to_final(facts, pack) and not waived


def needs_trial(facts: AcceptanceFacts, pack: RulePack) -> bool:
    """Whether final acceptance must be preceded by a trial: skipping it takes a reason."""
    return not goes_straight_to_final(facts, pack) and facts.trial_waiver is None


def is_before_preliminary(facts: AcceptanceFacts) -> bool:
    """Whether the trial began before a preliminary acceptance that a raised amount made needed."""
    passed_on, started_on = facts.preliminary_passed_on, facts.trial_started_on
    return passed_on is not None and started_on is not None and started_on < passed_on


def next_stage(facts: AcceptanceFacts, pack: RulePack) -> AcceptanceStage:
    """The step that comes next for a project that is not accepted yet.

    >>> from govproject.regulation.pack import pack
    >>> bare = AcceptanceFacts.example(
    ...     preliminary_passed_on=None, trial_started_on=None, trial_ended_on=None
    ... )
    >>> next_stage(bare, pack("tinghu-2025")).zh
    '初验'
    """
    passed_on, started_on = facts.preliminary_passed_on, facts.trial_started_on
    running = started_on is not None and facts.trial_ended_on is None
    if passed_on is None and needs_preliminary(facts, pack):
        # What is accepted on need may still be given a reason with the final.
        late = started_on is not None and on_need(facts, pack)
        return AcceptanceStage.FINAL if running or late else AcceptanceStage.PRELIMINARY
    if started_on is not None and not is_before_preliminary(facts):
        return AcceptanceStage.FINAL
    return AcceptanceStage.TRIAL if needs_trial(facts, pack) else AcceptanceStage.FINAL
