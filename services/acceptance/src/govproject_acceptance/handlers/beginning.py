"""From which day a project could be carried out, as far as it is known here (Arts 6, 12, 26)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from govproject_acceptance.handlers.days import legal_day
from govproject_acceptance.projection import Approval, Contract, Project


class Beginning(NamedTuple):
    """The days, by the names of the facts; each is None while nobody here knows it."""

    declared_on: date
    internal_review_on: date | None
    awarded_on: date | None
    """The first award of what carries the project out, be it terminated since."""
    earliest_on: date | None
    """The day on which the last condition was met: what came before is not this project's."""


def of(project: Project, approval: Approval | None, contracts: Sequence[Contract]) -> Beginning:
    """A project that a change moved to the full process may have begun after its own review."""
    allowed = (project.internal_review_on, approval.approved_on if approval else None)
    allowed_on = min((day for day in allowed if day is not None), default=None)
    awarded_on = min(
        (c.award_notice_on for c in contracts if c.is_about(project.kind)), default=None
    )
    conditions = [day for day in (allowed_on, awarded_on) if day is not None]
    return Beginning(
        declared_on=legal_day(project.declared_at),
        internal_review_on=project.internal_review_on,
        awarded_on=awarded_on,
        earliest_on=max(conditions, default=None),
    )
