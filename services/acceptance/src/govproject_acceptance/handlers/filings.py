"""What a filing says of a project on a day (Arts 26, 27)."""

from datetime import date

from sqlmodel import Session

from govproject.context import Context
from govproject.reliefs import keeping
from govproject.reliefs.conditions import standing_conditions
from govproject.terms import FilingCondition, FilingStatus
from govproject_acceptance.handlers.days import legal_day
from govproject_acceptance.projection import Project

_SETTLED = (FilingStatus.NONE, FilingStatus.ACCEPTED)


def status(project: Project, day: date) -> FilingStatus:
    """Where the filing stood: handed in later, there was none; found regular later, it waited.

    From each day on which it was found irregular to the day before its correction it was irregular;
    before the last one it was what it had been.
    """
    handed_in_at, accepted_at = project.filing_submitted_at, project.filing_accepted_at
    if handed_in_at is not None and legal_day(handed_in_at) > day:
        return FilingStatus.NONE
    times = project.irregular_times
    if any(t.found_on <= day and (t.corrected_on is None or day < t.corrected_on) for t in times):
        return FilingStatus.IRREGULAR
    accepted = accepted_at is not None and legal_day(accepted_at) <= day
    if project.filing_status is FilingStatus.ACCEPTED or (
        project.filing_status is FilingStatus.IRREGULAR and times
    ):
        return FilingStatus.ACCEPTED if accepted else FilingStatus.SUBMITTED
    return project.filing_status


def excluded(
    session: Session, context: Context, project: Project
) -> tuple[FilingCondition, ...] | None:
    """The conditions that the filing declares and nobody has decided on; None if not known.

    They are those of now, whatever day is asked about: what was mended rules nothing out.
    """
    if project.filing_status in _SETTLED:
        return ()
    if project.filing_conditions is None:
        return None
    reliefs = keeping.of(session, project.id)
    return standing_conditions(project.filing_conditions, reliefs, context.today())
