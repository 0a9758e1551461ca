"""Events of the acceptance service: preliminary, trial, final, and what follows."""

from datetime import date
from uuid import UUID

from govproject.contracts.event import Event
from govproject.obligations import events as obligations
from govproject.obligations.events import Obligations
from govproject.terms import DocumentFinding, EvaluationGrade, Veto

SOURCE = "acceptance"


class ConstructionCompleted(Event, source=SOURCE, name="construction.completed"):
    """Construction is completed, or whoever meets for acceptance says so (Art 19).

    Said again where the day was recorded wrongly; the last word counts.
    """

    completed_on: date
    """The day of completion; the day of the meeting where none was recorded before."""
    corrected_from: date | None = None
    """The day that was on record before and was wrong; null when it is said first."""
    reason: str | None = None
    """Why it was corrected; null like `corrected_from`."""


class PreliminaryPassed(Event, source=SOURCE, name="preliminary.passed"):
    """Preliminary acceptance passed (Art 19)."""

    passed_on: date
    """The day of the acceptance meeting."""


class PreliminaryFailed(Event, source=SOURCE, name="preliminary.failed"):
    """Preliminary acceptance did not pass (Art 19)."""

    reasons: tuple[str, ...]
    """What was found wanting, one sentence each."""
    held_on: date
    """The day of the acceptance meeting."""


class TrialStarted(Event, source=SOURCE, name="trial.started"):
    """Trial operation began; final acceptance is possible from `earliest_end` on (Art 19)."""

    started_on: date
    """The first day of trial operation."""
    earliest_end: date
    """The first day on which the trial may end."""
    latest_end: date
    """The day by which the trial has to end."""


class TrialEnded(Event, source=SOURCE, name="trial.ended"):
    """Trial operation ended (Art 19)."""

    ended_on: date
    """The last day of trial operation."""


class TestReportRecorded(Event, source=SOURCE, name="test_report.recorded"):
    """A qualified agency's test report is on record; it triggers archiving (Arts 19, 40)."""

    __test__ = False  # the name is a domain term, not a pytest class

    report_number: str
    """The agency's number of the report."""
    finished_on: date
    """The day on which the test was finished."""


class DocumentVerified(Event, source=SOURCE, name="document.verified"):
    """The bureau looked into a document of the final that was called untrue (Art 19).

    Said each time; the last one counts, and none takes an earlier one back.
    """

    issue_id: UUID
    """Under what the document is on record as untrue."""
    issue: str
    """Which document, and what is said to be untrue in it."""
    finding: DocumentFinding
    """What was found; whatever is not true and not replaced fails the final."""
    verified_on: date
    """The day on which it was found; no earlier than the one before."""
    conclusion: str
    """What was concluded, and why."""
    verified_by: str
    """Who recorded it for the bureau."""


class FinalPassed(Event, source=SOURCE, name="final.passed"):
    """Final acceptance passed (Art 19)."""

    passed_on: date
    """The day of the acceptance meeting."""
    round: int
    """Which attempt at final acceptance this was, from 1."""


class FinalFailed(Event, source=SOURCE, name="final.failed"):
    """Final acceptance failed; rectify by `rectify_by` and apply again (Arts 19, 20)."""

    vetoes: tuple[Veto, ...]
    """Which of the nine vetoes apply."""
    reasons: tuple[str, ...]
    """What was found wanting, one sentence each."""
    rectify_by: date
    """The day by which the unit has to rectify and apply again."""
    round: int
    """Which attempt at final acceptance this was, from 1."""


class ObligationOpened(obligations.Opened, source=SOURCE):
    """A duty that follows from acceptance is open until proven done (Arts 18, 20, 21, 31)."""


class ObligationClosed(obligations.Closed, source=SOURCE):
    """Proof for an open duty is on record."""


class ObligationNear(obligations.Near, source=SOURCE):
    """An open duty is due soon; said once, on a provisional day as well."""


class ObligationOverdue(obligations.Overdue, source=SOURCE):
    """An open duty's day is over and no proof is on record; said once, never provisionally."""


class ObligationRescheduled(obligations.Rescheduled, source=SOURCE):
    """A provisional day was computed again from the calendar, or a day from another start."""


OBLIGATIONS = Obligations(
    ObligationOpened, ObligationClosed, ObligationNear, ObligationOverdue, ObligationRescheduled
)


class EvaluationCompleted(Event, source=SOURCE, name="evaluation.completed"):
    """The finance bureau evaluated the project; the data bureau has its copy (Arts 24, 25)."""

    grade: EvaluationGrade
    """The result; excellent and poor count in the next declarations."""
    evaluated_on: date
    """The day on which the evaluation was concluded."""
