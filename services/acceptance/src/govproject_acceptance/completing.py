"""What the route about completion takes (command) and answers (view) (Arts 15, 19)."""

from pydantic import Field

from govproject.fields import Command, IsoDate
from govproject.obligations.views import ObligationView
from govproject.regulation.findings import Finding


class CompleteConstruction(Command):
    """Construction is completed (Art 19)."""

    completed_on: IsoDate


class CompletionView(ObligationView):
    """The duty to have it accepted, and what is pointed out about the completion (Art 15)."""

    warnings: list[Finding] = Field(default_factory=list)
