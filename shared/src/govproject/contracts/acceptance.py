"""Events of the acceptance service: preliminary, trial, final, and what follows."""

from datetime import date, datetime
from uuid import UUID

from govproject.contracts.event import Event
from govproject.terms import EvaluationGrade, Veto

SOURCE = "acceptance"


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


class ObligationOpened(Event, source=SOURCE, name="obligation.opened"):
    """A duty that follows from acceptance is open until proven done (Arts 18, 20, 21, 31)."""

    obligation_id: UUID
    """The duty, until it is closed."""
    rule: str
    """The rule that the duty follows from, by its id in the ledger."""
    due_on: date | None
    """The day by which it has to be done; null when the regulation sets none."""
    due_provisional: bool
    """True while `due_on` rests on a calendar that is not yet published."""


class ObligationClosed(Event, source=SOURCE, name="obligation.closed"):
    """Proof for an open duty is on record."""

    obligation_id: UUID
    """The duty that was opened."""
    closed_at: datetime
    """When the proof was recorded."""


class EvaluationCompleted(Event, source=SOURCE, name="evaluation.completed"):
    """The finance bureau evaluated the project; the data bureau has its copy (Arts 24, 25)."""

    grade: EvaluationGrade
    """The result; excellent and poor count in the next declarations."""
    evaluated_on: date
    """The day on which the evaluation was concluded."""
