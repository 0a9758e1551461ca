"""Events of the acceptance service: preliminary, trial, final, and what follows."""

from datetime import date, datetime
from uuid import UUID

from govproject.contracts.event import Event
from govproject.terms import Veto

SOURCE = "acceptance"


class PreliminaryPassed(Event, source=SOURCE, name="preliminary.passed"):
    """Preliminary acceptance passed (Art 19)."""

    passed_on: date


class PreliminaryFailed(Event, source=SOURCE, name="preliminary.failed"):
    """Preliminary acceptance did not pass (Art 19)."""

    reasons: tuple[str, ...]
    held_on: date


class TrialStarted(Event, source=SOURCE, name="trial.started"):
    """Trial operation began; final acceptance is possible from `earliest_end` on (Art 19)."""

    started_on: date
    earliest_end: date
    latest_end: date


class TrialEnded(Event, source=SOURCE, name="trial.ended"):
    """Trial operation ended (Art 19)."""

    ended_on: date


class TestReportRecorded(Event, source=SOURCE, name="test_report.recorded"):
    """A qualified agency's test report is on record; it triggers archiving (Arts 19, 40)."""

    __test__ = False  # the name is a domain term, not a pytest class

    report_number: str
    finished_on: date


class FinalPassed(Event, source=SOURCE, name="final.passed"):
    """Final acceptance passed (Art 19)."""

    passed_on: date
    round: int


class FinalFailed(Event, source=SOURCE, name="final.failed"):
    """Final acceptance failed; rectify by `rectify_by` and apply again (Arts 19, 20)."""

    vetoes: tuple[Veto, ...]
    reasons: tuple[str, ...]
    rectify_by: date
    round: int


class ObligationOpened(Event, source=SOURCE, name="obligation.opened"):
    """A duty that follows from acceptance is open until proven done (Arts 18, 20, 21, 31)."""

    obligation_id: UUID
    rule: str
    due_on: date | None
    due_provisional: bool


class ObligationClosed(Event, source=SOURCE, name="obligation.closed"):
    """Proof for an open duty is on record."""

    obligation_id: UUID
    closed_at: datetime
