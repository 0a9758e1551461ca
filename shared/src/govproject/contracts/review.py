"""Events of the review service: pre-review, joint review, experts, fiscal evaluation, approval."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from govproject.contracts.event import Event
from govproject.obligations import events as obligations
from govproject.obligations.events import Obligations
from govproject.resources import Resources
from govproject.terms import (
    Department,
    MobileScope,
    PreReviewMaterial,
    TenderInput,
    Verdict,
)

SOURCE = "review"


class PreReviewSubmitted(Event, source=SOURCE, name="pre_review.submitted"):
    """The unit handed materials in for a round of pre-review (Arts 7, 8)."""

    pre_review_id: UUID
    """The round."""
    round: int
    """Which round of the project it is, from 1 without a gap."""
    materials: tuple[PreReviewMaterial, ...]
    """The kinds of the files that were handed in."""
    submitted_at: datetime
    """When they were handed in."""


class PreReviewPassed(Event, source=SOURCE, name="pre_review.passed"):
    """The bureau's pre-review passed (Art 7)."""

    reviewed_at: datetime
    """When the bureau concluded."""
    mobile: MobileScope | None = None
    """What the project has for telephones, as declared (Art 2); null when that is not said."""
    lists: tuple[PreReviewMaterial, ...] | None = None
    """Which data lists and asset catalogues have entries (Art 8); null when that is not said."""


class PreReviewReturned(Event, source=SOURCE, name="pre_review.returned"):
    """The pre-review sent the materials back to the unit (Art 7)."""

    reasons: tuple[str, ...]
    """What the unit has to mend, one sentence each."""
    reviewed_at: datetime
    """When the bureau concluded."""


class DepartmentOpinionRecorded(Event, source=SOURCE, name="department_opinion.recorded"):
    """One of the four departments gave its opinion (Art 9)."""

    department: Department
    """Which department."""
    verdict: Verdict
    """What it says."""
    opinion: str
    """Its opinion in words."""
    recorded_at: datetime
    """When the opinion was recorded."""
    revision: int | None = None
    """Which version of the department's opinion it is, from 1; absent in events of before this."""
    because: str = ""
    """Why it takes the place of the one before; empty when it does not, or was asked for again."""


class DepartmentOpinionAnswered(Event, source=SOURCE, name="department_opinion.answered"):
    """The unit answered what a department said (Art 9)."""

    department: Department
    """Which department."""
    answer: str
    """The answer in words."""
    answered_at: datetime
    """When it was given."""
    revision: int
    """The version of the department's opinion that holds this answer."""
    because: str
    """Why it takes the place of the answer before; empty for the first answer."""


class PanelDrawn(Event, source=SOURCE, name="panel.drawn"):
    """The bureau drew an expert panel from the pool (Art 10)."""

    panel_id: UUID
    """The panel."""
    size: int
    """How many experts were drawn."""
    seed: str
    """The seed with which the draw can be repeated."""
    drawn_at: datetime
    """When it was drawn."""
    round: int | None = None
    """Which draw of the project it is, from 1 without a gap; absent in events of before this."""
    pool_digest: str | None = None
    """SHA-256 of the pool as canonical JSON, as the README of review has it; absent as above."""
    because: str = ""
    """Why was drawn again, in Chinese; empty at the first draw."""


class PanelMemberWithdrawn(Event, source=SOURCE, name="panel.member_withdrawn"):
    """A drawn expert cannot or must not serve, and the next alternate steps in (Art 10)."""

    panel_id: UUID
    """The panel."""
    expert_id: UUID
    """Who leaves it, as the pool of the draw has it."""
    reason: str
    """Why, in Chinese."""
    successor_id: UUID | None
    """Who takes the seat; null when nobody is left, by which the panel is dissolved."""
    withdrawn_at: datetime
    """When it was recorded."""


class PanelOpinionSigned(Event, source=SOURCE, name="panel.opinion_signed"):
    """An expert of a panel signed an opinion (Art 10)."""

    panel_id: UUID
    """The panel."""
    expert_id: UUID
    """Who signed, as the pool of the draw has it."""
    in_favour: bool
    """Whether the expert says that the project passes."""
    signed_at: datetime
    """When it was signed."""
    revision: int
    """Which opinion of the expert it is, from 1; the last one counts."""
    because: str
    """Why it takes the place of the one before; empty when it does not, or was asked for again."""


class PanelConcluded(Event, source=SOURCE, name="panel.concluded"):
    """The experts who attended signed their opinion (Art 10)."""

    panel_id: UUID
    """The panel."""
    attended: int
    """How many experts attended."""
    passed: bool
    """Whether their opinion is that the project passes."""
    concluded_at: datetime
    """When the opinion was signed."""


class FiscalEvaluationRecorded(Event, source=SOURCE, name="fiscal_evaluation.recorded"):
    """The finance bureau issued its evaluation report; the amount is a ceiling (Art 10)."""

    report_number: str
    """The finance bureau's number of the report."""
    evaluated_yuan: Decimal
    """The evaluated amount."""
    recorded_at: datetime
    """When the report was recorded."""


class ApplicationSubmitted(Event, source=SOURCE, name="application.submitted"):
    """The unit applied for the approval with project code and documents (Art 11)."""

    project_code: str
    """The code that it names."""
    documents: tuple[str, ...]
    """The names of the files that it sent in."""
    submitted_at: datetime
    """When it was sent in."""
    revision: int
    """Which application of the project it is, from 1; each but the first follows a rejection."""


class ProjectApproved(Event, source=SOURCE, name="project.approved"):
    """The bureau approved the project (Art 11)."""

    approval_number: str
    """The number of the approval document."""
    project_code: str
    """The code under which the project is run from now on."""
    approved_yuan: Decimal
    """The approved amount."""
    approved_on: date
    """The day of the approval."""
    cloud_plan: Resources | None
    """The approved cloud resources; null when none are."""
    filing_form_due_on: date
    """The day by which the unit has to hand in the filing form."""
    filing_form_due_provisional: bool
    """True while `filing_form_due_on` rests on a calendar that is not yet published."""


class ProjectRejected(Event, source=SOURCE, name="project.rejected"):
    """The bureau rejected the project (Art 11)."""

    reason: str
    """Why, in a sentence."""
    rejected_at: datetime
    """When the bureau decided."""


class TenderDocumentsRecorded(Event, source=SOURCE, name="tender_documents.recorded"):
    """The unit put tender documents on record, with what they were compiled from (Art 11)."""

    tender_id: UUID
    """The record."""
    round: int
    """Which record of the project it is, from 1; the last one counts."""
    documents: tuple[str, ...]
    """The names of the files."""
    based_on: tuple[TenderInput, ...]
    """What they were compiled from."""
    recorded_at: datetime
    """When they were put on record."""


class ReviewObligationOpened(obligations.Opened, source=SOURCE):
    """The unit owes the filing form of an approved project (Art 11)."""


class ReviewObligationClosed(obligations.Closed, source=SOURCE):
    """The filing form is on record."""


class ReviewObligationNear(obligations.Near, source=SOURCE):
    """An open duty is due soon; said once, on a provisional day as well."""


class ReviewObligationOverdue(obligations.Overdue, source=SOURCE):
    """An open duty's day is over and no proof is on record; said once, never provisionally."""


class ReviewObligationRescheduled(obligations.Rescheduled, source=SOURCE):
    """A provisional day was computed again from the calendar that is known by now."""


OBLIGATIONS = Obligations(
    ReviewObligationOpened,
    ReviewObligationClosed,
    ReviewObligationNear,
    ReviewObligationOverdue,
    ReviewObligationRescheduled,
)
