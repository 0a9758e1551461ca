"""What is answered about a project's next steps."""

from datetime import datetime
from uuid import UUID

from govproject.fields import View
from govproject.identity import Role
from govproject.messaging.knowing import Knowledge
from govproject.obligations.views import ObligationView
from govproject.regulation.findings import Decision, Finding, Relief


class BroughtView(View):
    """A fact that only the command will bring."""

    name: str
    title: str


class ClauseView(View):
    """A rule's clause."""

    rule: str
    source: str
    article: str
    clause: str
    quote: str


class CommandView(View):
    """The request that a step is taken with."""

    method: str
    path: str
    """In braces is what depends on what is asked for."""


class ErrandView(View):
    """A step that no gate stands before."""

    step: str
    about: str | None
    """Which one it is, where a project stands before several of the kind."""
    article: str
    quote: str
    task: str
    by: list[Role]
    """Whose command it is."""
    command: CommandView


class ElsewhereView(View):
    """The project's page in another service."""

    service: str
    title: str
    url: str


class NextStepView(View):
    """One step, and the gate's answer on what is stored."""

    step: str
    about: str | None
    """Which one it is, where a project stands before several of the kind."""
    gate: str
    by: list[Role]
    """Whose command it is."""
    command: CommandView
    decision: Decision
    """As if the command said what it brings so that no rule objects."""
    brought: list[BroughtView]
    """What is still to be given with the command."""
    judged_by: list[ClauseView]
    """The clauses that will judge it."""
    needed: list[Finding]
    """What a command is refused for that comes without the papers of this step."""


class NextStepsView(View):
    """What is missing for a project's next steps, in one service."""

    project_id: UUID
    project_name: str | None
    unit: str | None
    codes: dict[str, str]
    """The numbers that people know it by, as far as the service knows them, by what they are."""
    service: str
    asked_at: datetime
    errands: list[ErrandView]
    """What no gate stands before; it comes first."""
    steps: list[NextStepView]
    reliefs: list[Relief]
    """The bureau's acts in force for the project, whatever they lift."""
    goes_on_in: str | None
    """The service in which the project is at work, while it is in another."""
    elsewhere: list[ElsewhereView]
    """Where the other services' addresses are configured."""
    obligations: list[ObligationView]
    """Open ones, the earliest due first."""
    knowledge: list[Knowledge]
    """How old what other services told is."""
    backlog: int
    """Events about the project that have arrived and not taken effect."""
