"""Events of the review service: pre-review, joint review, experts, fiscal evaluation, approval."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from govproject.contracts.event import Event
from govproject.resources import Resources
from govproject.terms import Department, Verdict

SOURCE = "review"


class PreReviewPassed(Event, source=SOURCE, name="pre_review.passed"):
    """The bureau's pre-review passed (Art 7)."""

    reviewed_at: datetime


class PreReviewReturned(Event, source=SOURCE, name="pre_review.returned"):
    """The pre-review sent the materials back to the unit (Art 7)."""

    reasons: tuple[str, ...]
    reviewed_at: datetime


class DepartmentOpinionRecorded(Event, source=SOURCE, name="department_opinion.recorded"):
    """One of the four departments gave its opinion (Art 9)."""

    department: Department
    verdict: Verdict
    opinion: str
    recorded_at: datetime


class PanelDrawn(Event, source=SOURCE, name="panel.drawn"):
    """The bureau drew an expert panel from the pool (Art 10)."""

    panel_id: UUID
    size: int
    seed: str
    drawn_at: datetime


class PanelConcluded(Event, source=SOURCE, name="panel.concluded"):
    """The experts who attended signed their opinion (Art 10)."""

    panel_id: UUID
    attended: int
    passed: bool
    concluded_at: datetime


class FiscalEvaluationRecorded(Event, source=SOURCE, name="fiscal_evaluation.recorded"):
    """The finance bureau issued its evaluation report; the amount is a ceiling (Art 10)."""

    report_number: str
    evaluated_yuan: Decimal
    recorded_at: datetime


class ProjectApproved(Event, source=SOURCE, name="project.approved"):
    """The bureau approved the project (Art 11)."""

    approval_number: str
    project_code: str
    approved_yuan: Decimal
    approved_on: date
    cloud_plan: Resources | None
    filing_form_due_on: date
    filing_form_due_provisional: bool


class ProjectRejected(Event, source=SOURCE, name="project.rejected"):
    """The bureau rejected the project (Art 11)."""

    reason: str
    rejected_at: datetime
