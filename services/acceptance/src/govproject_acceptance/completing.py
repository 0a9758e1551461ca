"""What the routes about completion take (commands) and answer (views) (Arts 15, 19)."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from govproject.fields import Command, IsoDate, LongText, View
from govproject.obligations.views import ObligationView
from govproject.regulation.findings import Finding


class CompleteConstruction(Command):
    """Construction is completed (Art 19)."""

    completed_on: IsoDate


class CorrectCompletion(Command):
    """The day of completion was recorded wrongly (Art 19)."""

    completed_on: IsoDate = Field(description="更正后的建设完成日期")
    reason: LongText = Field(description="更正的理由")


class CompletionCorrectionView(View):
    """A day of completion that was corrected."""

    project_id: UUID
    completed_on: date
    """The day that was on record."""
    corrected_to: date
    reason: str
    recorded_by: str
    recorded_at: datetime


class CompletionView(ObligationView):
    """The duty to have it accepted, and what is pointed out about the completion (Art 15)."""

    warnings: list[Finding] = Field(default_factory=list)
