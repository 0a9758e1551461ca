"""How archive work is organised and supervised: what the API takes and answers (Arts 35-37, 42)."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from govproject.fields import Command, LongText, ShortText, View
from govproject.terms import ArchivePlace, ArchiveProvision


class OrganiseArchive(Command):
    """Who answers for the unit's archives, by which rules and with what (Arts 35, 36, 42)."""

    head: ShortText = Field(description="档案工作总负责人")
    managed_by: ShortText = Field(description="统一管理项目档案的部门")
    rules: ShortText = Field(description="统一制度的文件名称和文号")
    standards: ShortText = Field(description="统一标准的名称和编号")
    provided: dict[ArchiveProvision, ShortText] = Field(
        default={}, description="配备的人员、经费、设施设备，以及安全保管档案的设施设备，逐项写明"
    )


class RecordInStep(Command):
    """Where the project's archive work is written down (Art 37); may come in several requests."""

    places: dict[ArchivePlace, ShortText] = Field(
        min_length=1, description="写明档案工作的文件及章节、条款"
    )


class GiveOpinion(Command):
    """What the archive authority or the bureau says of a project's archive (Art 35)."""

    opinion: LongText


class AnswerOpinion(Command):
    """What the unit did about it (Art 35)."""

    answer: LongText


class UnitArchiveView(View):
    """How a unit organises its project archives."""

    unit: str
    head: str
    managed_by: str
    rules: str
    standards: str
    provided: dict[ArchiveProvision, str]
    recorded_at: datetime


class InStepView(View):
    """Where a project's archive work is written down; None where it is not yet."""

    places: dict[ArchivePlace, str | None]


class SupervisionOpinionView(View):
    """An opinion on a project's archive, and the unit's answer."""

    id: UUID
    project_id: UUID
    opinion: str
    given_by: str
    given_at: datetime
    answer: str | None
    answered_at: datetime | None
