"""Events of the intake service: declaration, registration, filing, change, supervision."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from govproject.contracts.event import Event
from govproject.obligations import events as obligations
from govproject.obligations.events import Obligations
from govproject.resources import Resources
from govproject.terms import (
    ChangeAspect,
    ContractSubject,
    DeploymentTarget,
    EvaluationGrade,
    FilingCondition,
    LinkState,
    ProjectKind,
    ReliefKind,
    Track,
)

SOURCE = "intake"

CALENDAR = UUID("5d3c2f0e-7a41-5c86-9f1b-2e6b8c0d4a17")
"""Stands where the project stands in events about the calendar: a stream of its own."""


class ProjectDeclared(Event, source=SOURCE, name="project.declared"):
    """A project unit declared a project (Art 5); the track is derived (Art 4)."""

    project_name: str
    """What the unit calls the project."""
    unit: str
    """The project unit, by its official name."""
    kind: ProjectKind
    """What is being done."""
    budget_yuan: Decimal
    """The declared amount."""
    track: Track
    """How the project is managed."""
    plan_year: int
    """The year whose plan the project is declared for."""
    builds_system: bool
    """Whether an information system is built."""
    deployment_target: DeploymentTarget
    """Where the system will run."""
    standalone_basis: str | None
    """The national provision that demands a cloud of its own; null when none is claimed."""
    cloud_plan: Resources | None
    """The cloud resources planned; null when none are."""
    rule_pack: str
    """The edition of thresholds and periods that the project is held to for good."""
    declared_at: datetime
    """When it was declared."""


class ProjectRegistered(Event, source=SOURCE, name="project.registered"):
    """The project is in the municipal system (Art 3)."""

    city_system_ref: str
    """The project's number in the municipal system."""
    registered_at: datetime
    """When the registration was recorded."""


class ProjectPlanAdopted(Event, source=SOURCE, name="project.plan_adopted"):
    """The project is in the published annual plan of `plan_year` (Arts 5, 6)."""

    plan_year: int
    """The year of the plan."""
    adopted_at: datetime
    """When the adoption was recorded."""


class ProjectDecommissioned(Event, source=SOURCE, name="project.decommissioned"):
    """The unit reported that the system is stopped or migrated (Art 34)."""

    reason: str
    """Why, in a sentence."""
    reported_at: datetime
    """When the unit reported it."""


class EvaluationResult(BaseModel):
    """What the finance bureau's evaluation of a project came to (Art 24)."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)

    grade: EvaluationGrade
    """The result."""
    evaluated_on: date
    """The day of the evaluation."""


class ProjectLinked(Event, source=SOURCE, name="project.linked"):
    """How the project is linked with an earlier one on the same system, from now on (Art 25)."""

    related_id: UUID
    """The earlier project, whose results count for this one."""
    related_name: str
    """What its unit calls it."""
    state: LinkState
    """Whether the link counts: named and confirmed ones do, proposed ones wait for the bureau."""
    results: tuple[EvaluationResult, ...]
    """The earlier project's results so far; later ones are told with `project.evaluated`."""
    told_at: datetime
    """When the link came to stand so."""


class ProjectEvaluated(Event, source=SOURCE, name="project.evaluated"):
    """A result of the project's evaluation counts from now on for what is linked with it (Art 25).

    Acceptance, where it was recorded, tells of it too; this is for who follows intake alone.
    """

    grade: EvaluationGrade
    """The result."""
    evaluated_on: date
    """The day of the evaluation."""


class FilingSubmitted(Event, source=SOURCE, name="filing.submitted"):
    """A filing-track project was filed, with its five declarations (Arts 26, 27)."""

    filing_id: UUID
    """The filing, until it is found regular."""
    conditions: tuple[FilingCondition, ...]
    """The excluding conditions that the unit declares to be met; empty in a regular case."""
    cloud_plan: Resources | None
    """The cloud resources filed; null when none are."""
    submitted_at: datetime
    """When it was filed."""
    internal_review_on: date | None = None
    """The day of the internal review (Art 26); null from a build that told none."""
    revision: int | None = None
    """Which revision of the filing it is, from 1; null from a build that told none."""


class FilingAccepted(Event, source=SOURCE, name="filing.accepted"):
    """The bureau found the filing regular (Art 27)."""

    filing_id: UUID
    """The filing."""
    accepted_at: datetime
    """When the bureau found it regular."""
    revision: int | None = None
    """Which revision of the filing it is, from 1; null from a build that told none."""


class FilingFoundIrregular(Event, source=SOURCE, name="filing.found_irregular"):
    """The bureau found the filing irregular (Art 27)."""

    filing_id: UUID
    """The filing."""
    reasons: tuple[str, ...]
    """What is irregular, one sentence each."""
    found_at: datetime
    """When the bureau found it so."""
    revision: int | None = None
    """Which revision of the filing it is, from 1; null from a build that told none."""


class FilingCorrected(Event, source=SOURCE, name="filing.corrected"):
    """The unit corrected a filing, irregular or waiting; the bureau has to decide (Art 27)."""

    filing_id: UUID
    """The filing."""
    conditions: tuple[FilingCondition, ...]
    """The excluding conditions as now declared."""
    cloud_plan: Resources | None
    """The cloud resources as now filed; null when none are."""
    corrected_at: datetime
    """When the unit corrected it."""
    internal_review_on: date | None = None
    """The earliest internal review that it ever recorded; null from a build that told none."""
    revision: int | None = None
    """Which revision of the filing it is, from 1; null from a build that told none."""


class ChangeDetermined(Event, source=SOURCE, name="change.determined"):
    """Content, scale or amount changed and the change is decided; it must now be filed (Art 28)."""

    change_id: UUID
    """The change, until it is filed."""
    aspects: tuple[ChangeAspect, ...]
    """What it touches."""
    description: str
    """What changes, in the unit's words."""
    new_budget_yuan: Decimal | None
    """The amount after the change; null when it stays."""
    determined_at: datetime
    """When the change was decided."""


class ChangeApproved(Event, source=SOURCE, name="change.approved"):
    """The bureau approved a change of what it had approved; now it can be filed (Arts 18, 19)."""

    change_id: UUID
    """The change that was determined."""
    document: str
    """The number of the document that approves it."""
    approved_on: date
    """The day of that document."""
    recorded_at: datetime
    """When the approval was recorded."""
    approved_plan: Resources | None = None
    """The cloud resources of the last change of them that is approved and filed; null without."""


class ChangeWithdrawn(Event, source=SOURCE, name="change.withdrawn"):
    """A determined change is given up or declined; it is neither approved nor filed (Art 28)."""

    change_id: UUID
    """The change that was determined."""
    reason: str
    """Why it is not carried out."""
    withdrawn_by: str
    """The account of who took it back: the unit's own, or the bureau's that declined it."""
    withdrawn_at: datetime
    """When it was taken back."""


class ChangeFiled(Event, source=SOURCE, name="change.filed"):
    """A determined change was filed; these are the project's values from now on (Art 28)."""

    change_id: UUID
    """The change that was determined."""
    budget_yuan: Decimal
    """The project's amount from now on."""
    track: Track
    """How the project is managed from now on."""
    cloud_plan: Resources | None
    """The cloud resources planned from now on; null when none are."""
    filed_at: datetime
    """When it was filed."""
    approved_plan: Resources | None = None
    """The cloud resources of the last change of them that is approved and filed; null without."""


class ContractRecorded(Event, source=SOURCE, name="contract.recorded"):
    """Award and contract are on record (Arts 13, 31); both dates trigger archiving (Art 40)."""

    contract_id: UUID
    """The contract."""
    contractor: str
    """Who builds, by its registered name."""
    supervisor: str | None
    """Who supervises the building; null when nobody is engaged."""
    amount_yuan: Decimal
    """The contract's amount."""
    award_notice_on: date
    """The day of the notice of award."""
    contract_filed_on: date
    """The day on which the contract was filed."""
    free_ops_months: int
    """Months of free operation and maintenance that the contract promises."""
    recorded_at: datetime
    """When the contract was recorded."""
    subject: ContractSubject = ContractSubject.CONSTRUCTION
    """What it is about; contracts of before this was asked count as construction."""
    ends_on: date | None = None
    """The last day for completion; null while it is not known, or from a build that told none."""
    contract_number: str | None = None
    """By which the parties know it; null where none was given."""


class ContractScheduled(Event, source=SOURCE, name="contract.scheduled"):
    """A schedule is in force, the first one or that of a confirmed extension (Art 15)."""

    contract_id: UUID
    """The contract."""
    ends_on: date
    """The contract's last day for completion from now on."""
    recorded_at: datetime
    """When the schedule was put in force."""


class ContractTerminated(Event, source=SOURCE, name="contract.terminated"):
    """A contract ended before it was fulfilled, or should not have been recorded (Art 12)."""

    contract_id: UUID
    """The contract."""
    terminated_on: date
    """The day on which it ended."""
    settled_yuan: Decimal
    """What is paid for what was done until then; nothing where nothing was."""
    reason: str
    """Why it ended, in the unit's words."""
    recorded_at: datetime
    """When its end was recorded."""
    recorded_by_mistake: bool = False
    """That it should not have been recorded; false from a build that did not ask."""


class RectificationOrdered(Event, source=SOURCE, name="rectification.ordered"):
    """A check found untrue filing or illegal construction; rectify by `due_on` (Art 29)."""

    order_id: UUID
    """The order, until it is cleared."""
    problem: str
    """What the check found."""
    due_on: date
    """The day by which it has to be put right."""
    ordered_at: datetime
    """When the order was given."""


class RectificationReported(Event, source=SOURCE, name="rectification.reported"):
    """The unit says what it put right, and shows it with a file; a check follows (Art 29)."""

    order_id: UUID
    """The order."""
    report: str
    """What was put right."""
    file_id: UUID
    """The file that shows it."""
    reported_at: datetime
    """When the unit reported."""


class RectificationFailed(Event, source=SOURCE, name="rectification.failed"):
    """The rectification is not in place; the gate proposes a suspension (Art 29)."""

    order_id: UUID
    """The order."""
    reason: str
    """What is still wrong."""
    failed_at: datetime
    """When the bureau found it so."""


class RectificationCleared(Event, source=SOURCE, name="rectification.cleared"):
    """The rectification is in place; suspended resources may be resumed (Art 29)."""

    order_id: UUID
    """The order."""
    cleared_at: datetime
    """When the bureau found the rectification in place."""


class ExceptionGranted(Event, source=SOURCE, name="exception.granted"):
    """A recorded act of the bureau that lifts one refusal of `rule` until `expires_on`."""

    exception_id: UUID
    """The recorded act."""
    rule: str
    """The rule whose refusal it lifts, by its id in the ledger."""
    kind: ReliefKind
    """Which kind of act it is."""
    reason: str
    """Why it was granted."""
    approver: str
    """Who granted it."""
    document: str
    """The number of the document that records it."""
    expires_on: date
    """The last day on which it holds."""
    granted_at: datetime
    """When it was recorded."""
    applied_by: str | None = None
    """The account of who asked for it; null when nobody is named."""


class ExceptionWithdrawn(Event, source=SOURCE, name="exception.withdrawn"):
    """A recorded act of the bureau lifts nothing any more; earlier decisions stand as they are."""

    exception_id: UUID
    """The act that was recorded."""
    rule: str
    """The rule whose refusal it lifted, by its id in the ledger."""
    reason: str
    """Why it was withdrawn."""
    withdrawn_by: str
    """Who withdrew it."""
    withdrawn_at: datetime
    """When it was withdrawn."""


class WorkingDaysAnnounced(Event, source=SOURCE, name="working_days.announced"):
    """A notice on holidays and make-up days is on record; `project_id` is that of the calendar.

    The calendar has one stream: `5d3c2f0e-7a41-5c86-9f1b-2e6b8c0d4a17`.
    """

    notice: str
    """The number of the document that says so."""
    working_days: tuple[date, ...]
    """Days on which people work."""
    days_off: tuple[date, ...]
    """Days on which they do not."""
    imported_by: str
    """Who entered it."""
    imported_at: datetime
    """When it was entered."""


class IntakeObligationOpened(obligations.Opened, source=SOURCE):
    """The unit has to put right what an order names, and to report it (Art 29)."""


class IntakeObligationClosed(obligations.Closed, source=SOURCE):
    """The unit has reported what it put right."""


class IntakeObligationNear(obligations.Near, source=SOURCE):
    """An open duty is due soon; said once, on a provisional day as well."""


class IntakeObligationOverdue(obligations.Overdue, source=SOURCE):
    """An open duty's day is over and no proof is on record; said once, never provisionally."""


class IntakeObligationRescheduled(obligations.Rescheduled, source=SOURCE):
    """A provisional day was computed again from the calendar that is known by now."""


OBLIGATIONS = Obligations(
    IntakeObligationOpened,
    IntakeObligationClosed,
    IntakeObligationNear,
    IntakeObligationOverdue,
    IntakeObligationRescheduled,
)
