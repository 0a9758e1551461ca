"""What the routes about major issues and disputes take (commands) and answer (views) (Art 19)."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from govproject.fields import Command, IsoDate, LongText, View
from govproject.terms import IssueKind
from govproject_acceptance.papers import Paper


class RecordIssue(Command):
    """A major issue or a legal dispute of the implementation (Art 19)."""

    kind: IssueKind
    happened_on: IsoDate
    issue: LongText = Field(description="重大问题或法律纠纷的情况")


class ExplainIssue(Command):
    """Why a major issue came about and what follows from it, in writing (Art 19)."""

    explained_on: IsoDate
    explanation: LongText = Field(description="解释和必要说明")
    file_id: UUID = Field(description="书面说明，先经 POST /files 上传")


class SettleIssue(Command):
    """A major issue or a legal dispute is settled (Art 19)."""

    settled_on: IsoDate
    settlement: LongText = Field(description="解决情况")
    file_id: UUID = Field(
        description="解决的依据，如判决书、调解书或和解协议，先经 POST /files 上传"
    )


class IssueView(View):
    """A major issue or dispute, and what became of it."""

    id: UUID
    project_id: UUID
    kind: IssueKind
    happened_on: date
    issue: str
    explained_on: date | None
    explanation: str | None
    explanation_paper: Paper | None
    settled_on: date | None
    settlement: str | None
    settlement_paper: Paper | None
    recorded_by: str
    recorded_at: datetime
