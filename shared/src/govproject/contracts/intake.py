"""Events of the intake service: declaration, registration, filing, change, supervision."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from govproject.contracts.event import Event
from govproject.resources import Resources
from govproject.terms import (
    ChangeAspect,
    DeploymentTarget,
    FilingCondition,
    ProjectKind,
    ReliefKind,
    Track,
)

SOURCE = "intake"


class ProjectDeclared(Event, source=SOURCE, name="project.declared"):
    """A project unit declared a project (Art 5); the track is derived (Art 4)."""

    project_name: str
    unit: str
    kind: ProjectKind
    budget_yuan: Decimal
    track: Track
    plan_year: int
    builds_system: bool
    deployment_target: DeploymentTarget
    standalone_basis: str | None
    cloud_plan: Resources | None
    rule_pack: str
    declared_at: datetime


class ProjectRegistered(Event, source=SOURCE, name="project.registered"):
    """The project is in the municipal system (Art 3)."""

    city_system_ref: str
    registered_at: datetime


class ProjectPlanAdopted(Event, source=SOURCE, name="project.plan_adopted"):
    """The project is in the published annual plan of `plan_year` (Arts 5, 6)."""

    plan_year: int
    adopted_at: datetime


class ProjectDecommissioned(Event, source=SOURCE, name="project.decommissioned"):
    """The unit reported that the system is stopped or migrated (Art 34)."""

    reason: str
    reported_at: datetime


class FilingSubmitted(Event, source=SOURCE, name="filing.submitted"):
    """A filing-track project was filed, with its five declarations (Arts 26, 27)."""

    filing_id: UUID
    conditions: tuple[FilingCondition, ...]
    cloud_plan: Resources | None
    submitted_at: datetime


class FilingAccepted(Event, source=SOURCE, name="filing.accepted"):
    """The bureau found the filing regular (Art 27)."""

    filing_id: UUID
    accepted_at: datetime


class FilingFoundIrregular(Event, source=SOURCE, name="filing.found_irregular"):
    """The bureau found the filing irregular (Art 27)."""

    filing_id: UUID
    reasons: tuple[str, ...]
    found_at: datetime


class FilingCorrected(Event, source=SOURCE, name="filing.corrected"):
    """The unit corrected an irregular filing; it waits for the bureau again (Art 27)."""

    filing_id: UUID
    conditions: tuple[FilingCondition, ...]
    cloud_plan: Resources | None
    corrected_at: datetime


class ChangeDetermined(Event, source=SOURCE, name="change.determined"):
    """Content, scale or amount changed and the change is decided; it must now be filed (Art 28)."""

    change_id: UUID
    aspects: tuple[ChangeAspect, ...]
    description: str
    new_budget_yuan: Decimal | None
    determined_at: datetime


class ChangeFiled(Event, source=SOURCE, name="change.filed"):
    """A determined change was filed; these are the project's values from now on (Art 28)."""

    change_id: UUID
    budget_yuan: Decimal
    track: Track
    cloud_plan: Resources | None
    filed_at: datetime


class ContractRecorded(Event, source=SOURCE, name="contract.recorded"):
    """Award and contract are on record (Arts 13, 31); both dates trigger archiving (Art 40)."""

    contract_id: UUID
    contractor: str
    supervisor: str | None
    amount_yuan: Decimal
    award_notice_on: date
    contract_filed_on: date
    free_ops_months: int
    recorded_at: datetime


class RectificationOrdered(Event, source=SOURCE, name="rectification.ordered"):
    """A check found untrue filing or illegal construction; rectify by `due_on` (Art 29)."""

    order_id: UUID
    problem: str
    due_on: date
    ordered_at: datetime


class RectificationFailed(Event, source=SOURCE, name="rectification.failed"):
    """The rectification is not in place; the gate proposes a suspension (Art 29)."""

    order_id: UUID
    reason: str
    failed_at: datetime


class RectificationCleared(Event, source=SOURCE, name="rectification.cleared"):
    """The rectification is in place; suspended resources may be resumed (Art 29)."""

    order_id: UUID
    cleared_at: datetime


class ExceptionGranted(Event, source=SOURCE, name="exception.granted"):
    """A recorded act of the bureau that lifts one refusal of `rule` until `expires_on`."""

    exception_id: UUID
    rule: str
    kind: ReliefKind
    reason: str
    approver: str
    document: str
    expires_on: date
    granted_at: datetime
