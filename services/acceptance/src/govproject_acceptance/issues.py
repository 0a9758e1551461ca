"""What the routes about issues, disputes and untrue documents take and answer (Art 19)."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from govproject.fields import Command, IsoDate, LongText, View
from govproject.terms import DocumentFinding, IssueKind
from govproject_acceptance.papers import Paper


class RecordIssue(Command):
    """A major issue, a legal dispute or an untrue document of the implementation (Art 19)."""

    kind: IssueKind
    happened_on: IsoDate = Field(description="发生日期；材料不真实的，为发现日期")
    issue: LongText = Field(
        description="重大问题或法律纠纷的情况；材料不真实的，写明哪一份材料、何处不真实"
    )


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


class VerifyDocument(Command):
    """What the bureau found of a document that is called untrue (Art 19)."""

    verified_on: IsoDate
    finding: DocumentFinding = Field(
        description="核实结论；不真实而尚未更正的，仍不得通过终验，更正后再次核实"
    )
    conclusion: LongText = Field(description="核实处理的结论和理由")
    file_id: UUID = Field(description="核实处理的依据，先经 POST /files 上传")


class VerificationView(View):
    """What the bureau found of a document on one day; nothing takes it back."""

    verified_on: date
    finding: DocumentFinding
    conclusion: str
    paper: Paper
    recorded_by: str
    recorded_at: datetime | None = Field(description="登记时间；较早版本登记的未保留，为空")


class QuestionedDocument(View):
    """A document that somebody called untrue, as it stood when a final was recorded (Art 19)."""

    issue_id: UUID
    happened_on: date
    issue: str
    verifications: list[VerificationView]


class IssueView(View):
    """A major issue, dispute or untrue document, and what became of it."""

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
    settled_by: str | None
    finding: DocumentFinding | None = Field(description="对不真实材料的核实结论")
    verified_on: date | None = Field(description="最近一次核实的日期")
    verifications: list[VerificationView] = Field(description="历次核实，由先到后；以最后一次为准")
    recorded_by: str
    recorded_at: datetime
