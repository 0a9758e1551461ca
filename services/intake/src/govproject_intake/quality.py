"""What the API takes and answers about the control of quality (Art 16)."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from govproject.fields import Command, IsoDate, LongText, ShortText, View
from govproject.terms import QualityPhase


class RecordQualityControl(Command):
    """What unit and supervisor controlled on a day, in which phase (Art 16)."""

    phase: QualityPhase
    controlled_on: IsoDate
    controlled_by: ShortText = Field(description="项目单位实施质量控制的人员")
    supervised_by: ShortText | None = Field(
        default=None, description="监理单位实施质量控制的人员；合同约定了监理单位的必须填写"
    )
    key_points: LongText = Field(description="工程关键和施工难点，重点部位、重点工序和关键因素")
    result: LongText = Field(description="控制情况和结论")
    file_id: UUID = Field(description="质量控制记录，先经 POST /files 上传")


class QualityControlView(View):
    """A control of quality on record."""

    id: UUID
    phase: QualityPhase
    controlled_on: date
    controlled_by: str
    supervised_by: str | None
    key_points: str
    result: str
    file_id: UUID
    recorded_by: str
    recorded_at: datetime


class QualityControlsView(View):
    """All controls of a project, and the phases of which there is none yet."""

    controls: list[QualityControlView]
    missing: list[QualityPhase]
