"""What the route about test reports takes (command) and answers (view) (Art 19)."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from govproject.fields import Command, IsoDate, ShortText, View
from govproject.terms import ReportSubject
from govproject_acceptance.papers import Paper


class RecordReport(Command):
    """A qualified agency's test report (Art 19)."""

    report_number: ShortText
    agency: ShortText
    qualification_number: ShortText = Field(description="测评机构资质证书编号")
    covers: Annotated[list[ReportSubject], Field(max_length=2)] = Field(
        default_factory=list, description="报告涵盖的测评内容；不填则不计入任何一项"
    )
    finished_on: IsoDate
    file_id: UUID | None = Field(default=None, description="测评报告，先经 POST /files 上传")


class ReportView(View):
    """A test report."""

    id: UUID
    project_id: UUID
    report_number: str
    agency: str
    qualification_number: str
    covers: list[ReportSubject]
    finished_on: date
    paper: Paper | None
