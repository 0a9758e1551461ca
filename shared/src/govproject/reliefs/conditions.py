"""Which of the conditions that a filing declares still rule its project out (Art 26). Pure."""

from collections.abc import Iterable
from datetime import date

from govproject.regulation.findings import Relief
from govproject.terms import FilingCondition, ReliefKind


def standing_conditions(
    conditions: Iterable[FilingCondition], reliefs: Iterable[Relief], today: date
) -> tuple[FilingCondition, ...]:
    """Those that no exception lifts today; each has its rule, for which one is granted.

    >>> standing_conditions([FilingCondition.SECURITY], [], date(2026, 8, 3))
    (<FilingCondition.SECURITY: 'security'>,)
    """
    lifted = {
        each.rule
        for each in reliefs
        if each.kind is ReliefKind.EXCEPTION and today <= each.expires_on
    }
    return tuple(each for each in conditions if f"filing_{each.value}" not in lifted)
