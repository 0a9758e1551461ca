"""What the routes about duties take (commands) and answer (views)."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from govproject.fields import Command, LongText, View
from govproject.terms import Term
from govproject.web.paging import Paging


class ObligationStatus(Term):
    """Whether a duty is proven done."""

    OPEN = "open", "未办结"
    CLOSED = "closed", "已办结"


class CloseObligation(Command):
    """Proof that a duty is done."""

    proof: LongText
    file_id: UUID | None = Field(default=None, description="证明文件，先经 POST /files 上传")


class ObligationQuery(Paging):
    """Which page of the duties, and of which duties."""

    status: ObligationStatus | None = Field(default=None, description="只列出该状态的事项")


class ObligationView(View):
    """A duty of a project."""

    id: UUID
    project_id: UUID
    rule: str
    article: str
    quote: str
    task: str
    due_on: date | None
    due_provisional: bool
    overdue: bool
    proof: str | None
    proof_file_id: UUID | None
    closed_at: datetime | None
