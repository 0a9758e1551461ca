"""Which changes stand in the way of acceptance: not filed, or filed and not approved (Arts 19, 28).

Unlike the amount, which waits for an approval of the day itself (`amounts`), a change filed on the
day of the project's approval is taken for one that was approved with it.
"""

from collections.abc import Sequence
from datetime import date

from govproject.terms import Track
from govproject_acceptance.handlers.days import legal_day
from govproject_acceptance.projection import Approval, Change, Project


def unfiled(changes: Sequence[Change], day: date) -> int:
    """How many changes were determined but not filed on that day, or still are not (Art 28)."""
    return sum(
        change.filed_at is None
        or legal_day(change.determined_at) <= day < legal_day(change.filed_at)
        for change in changes
    )


def unapproved(
    project: Project, approval: Approval | None, changes: Sequence[Change], day: date
) -> tuple[str, ...]:
    """What of the approved was changed by then with a filing alone (Art 19 veto 4).

    Intake asks for the approval of a change; an older build did not, nor does one that has not
    heard of the project's. An approval that follows makes up for it, whatever its day.
    """
    if approval is None or project.track is not Track.FULL_PROCESS:
        return ()
    filed = [
        (legal_day(change.filed_at), [each for each in change.aspects if each.is_reviewed])
        for change in changes
        if change.filed_at is not None and change.approved is False
    ]
    return tuple(
        f"{'、'.join(each.zh for each in touched)}变更（{filed_on.isoformat()}报备）"
        for filed_on, touched in filed
        if touched and approval.approved_on < filed_on <= day
    )
