"""What the API takes (commands) and answers (views). Validation of shape ends here."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from govproject.fields import AnyDay, Command, Count, IsoDate, LongText, ShortText, View
from govproject.regulation.findings import Finding
from govproject.terms import (
    AccessClass,
    FileClass,
    Fixity,
    PaperKind,
    ProcessFileKind,
    Retention,
)
from govproject.web.paging import Paging
from govproject_archive.lifecycle import CheckOutcome, VolumeState, VolumeStep
from govproject_archive.papers import PaperState
from govproject_archive.search_index import Kind

Pages = Annotated[int, Field(strict=True, ge=1, le=100_000, description="页数")]


class CatalogueItem(Command):
    """One file of a volume."""

    title: ShortText = Field(description="文件题名")
    pages: Pages
    dated_on: IsoDate = Field(description="文件日期")
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        default=None, description="电子文件的SHA-256摘要，小写十六进制；纸质文件不填"
    )
    file_id: UUID | None = Field(
        default=None, description="电子文件，先经 POST /files 上传；归档后可随项目打包移交"
    )
    kind: PaperKind = Field(
        default=PaperKind.OTHER,
        description="是该类文件中的哪一种；列不进的填“其他”，不计入该类应有的材料",
    )
    record: ShortText | None = Field(
        default=None,
        description="所属的合同、报告或变更，即项目页中该种材料的 record；不填的，依次计入尚缺的",
    )


class ComposeVolume(Command):
    """Put files of one class together under one title (Art 41)."""

    file_class: FileClass
    title: ShortText = Field(description="案卷题名")
    composed_by: ShortText = Field(description="组卷人姓名")
    retention: Retention = Field(description="保管期限")
    access: AccessClass = Field(description="可以向社会开放，或者控制利用")
    items: Annotated[list[CatalogueItem], Field(min_length=1, max_length=500)] = Field(
        description="卷内文件目录，按顺序"
    )


class ReviewVolume(Command):
    """The department head found the volume in order (Art 41)."""

    reviewed_by: ShortText = Field(description="部门负责人姓名，不得为组卷人本人")


class PrepareHandoverList(Command):
    """Draw the handover list up from the catalogue (Art 41)."""

    prepared_by: ShortText = Field(description="清册编制人姓名")


class ConfirmCount(Command):
    """One side's own count of the volume (Art 41)."""

    confirmed_by: ShortText = Field(description="清点人姓名；双方清点人不得为同一人")
    item_count: Count = Field(description="清点件数")


class WithdrawVolume(Command):
    """Take a volume back that was refused, miscounted or made in error; compose a new one."""

    withdrawn_by: ShortText = Field(description="撤回人姓名")
    reason: LongText


class PassArchiveCheck(Command):
    """Find the archive of everything due in order (Art 19 veto 6)."""

    inspector: ShortText = Field(description="验收人姓名")


class FailArchiveCheck(Command):
    """Find the archive not in order (Art 19 veto 6)."""

    inspector: ShortText = Field(description="验收人姓名")
    reasons: Annotated[list[ShortText], Field(min_length=1, max_length=20)]


class NamedPaper(Command):
    """One of the papers that a class has to hold."""

    kind: PaperKind
    record: ShortText | None = Field(
        default=None, description="所属的合同、报告或变更，即项目页中该种材料的 record"
    )


class DeclarePaperAbsent(NamedPaper):
    """Say that a paper which a class has to hold does not exist, and why (Art 39)."""

    declared_by: ShortText = Field(description="说明人姓名")
    reason: LongText = Field(description="为何没有该材料；档案验收时由验收人审看")


class ConfirmAbsences(Command):
    """Confirm as head of the unit's archives that papers do not exist (Art 39)."""

    papers: Annotated[list[NamedPaper], Field(min_length=1, max_length=500)] = Field(
        description="所确认的、已说明没有的材料，逐份列出"
    )
    confirmed_by: ShortText = Field(
        description="本单位已登记的档案工作总负责人姓名，不得为说明人本人"
    )
    reason: LongText = Field(description="经核实确无这些材料的情况")
    file_id: UUID = Field(description="总负责人签署的确认文件，先经 POST /files 上传")


class UploadProcessFile(Command):
    """A file of the project's process material (Art 18)."""

    kind: ProcessFileKind
    contract_id: UUID | None = Field(
        default=None, description="材料所属的合同；不填的，依次计入尚无材料的合同"
    )
    file_id: UUID = Field(description="先经 POST /files 上传")


class AbsenceView(View):
    """A word of the unit that a paper does not exist, and what became of it."""

    reason: str
    declared_by: str | None = Field(description="说明人；旧版本未登记的为空")
    declared_at: datetime
    confirmed_by: str | None = Field(description="确认没有该材料的档案工作总负责人")
    confirmed_at: datetime | None
    confirmation: str | None = Field(description="总负责人确认的情况")
    confirmation_file_id: UUID | None
    withdrawn_at: datetime | None = Field(description="该材料后来归档、说明即行撤销的时间")
    archived_in: UUID | None = Field(description="该材料所在的案卷")


class PaperView(View):
    """A paper that a class has to hold."""

    kind: PaperKind
    name: str
    record: str | None = Field(description="所属的合同、报告或变更；项目只有一份的为空")
    basis: str
    state: PaperState
    reason: str | None = Field(description="项目单位说明没有该材料的理由")
    absences: list[AbsenceView] = Field(description="历次说明，含已撤销的，先后排列")


class AbsenceConfirmationView(View):
    """That a unit's head stands for it that papers do not exist."""

    id: UUID
    project_id: UUID
    confirmed_by: str
    reason: str
    file_id: UUID
    recorded_at: datetime
    papers: list[PaperView]


class FileClassView(View):
    """One of the seven classes of a project."""

    file_class: FileClass
    name: str
    due_on: date | None
    basis: str | None
    outstanding: list[str]
    handed_over: bool
    volumes_handed_over: int
    papers: list[PaperView] = Field(description="该类文件应有的材料")


class ProcessFileView(View):
    """An uploaded file of the process material."""

    id: UUID
    project_id: UUID
    kind: ProcessFileKind
    contract_id: UUID | None
    file_id: UUID
    name: str
    sha256: str
    uploaded_at: datetime


class ProcessMaterialView(View):
    """One kind of process material: whether it is to be uploaded, and whether it was."""

    kind: ProcessFileKind
    name: str
    reached_on: date | None
    basis: str | None
    remind_on: date | None = Field(description="自此日起提醒上传；细则规定“及时”，未规定天数")
    files: int
    outstanding: list[str] = Field(description="已到上传节点而没有材料的各项")
    overdue: bool


class ProjectSummary(View):
    """A project in a list."""

    id: UUID
    project_name: str
    unit: str
    final_passed_on: date | None


class ProjectView(ProjectSummary):
    """A project as the archive knows it; always all seven classes, in the order of Art 40."""

    last_check: CheckOutcome | None
    classes: list[FileClassView]
    process_material: list[ProcessMaterialView]


class ActView(View):
    """One step that somebody took."""

    step: VolumeStep
    name: str
    person: str
    at: datetime
    counted: int | None
    reason: str | None


class VolumeView(View):
    """A volume without its catalogue."""

    id: UUID
    project_id: UUID
    file_class: FileClass
    title: str
    state: VolumeState
    number: int | None = Field(description="在本项目该类文件中的案卷号")
    retention: Retention | None
    access: AccessClass | None
    item_count: int
    page_count: int
    phased: bool
    handover_number: str | None
    handed_over_at: datetime | None


class CatalogueEntry(View):
    """A file in its place in the catalogue."""

    position: int
    title: str
    pages: int
    page_numbers: str = Field(description="在卷内的页号，起止相连")
    dated_on: date
    sha256: str | None
    file_id: UUID | None
    file_name: str | None
    kind: PaperKind | None
    record: str | None


class VolumeDetail(VolumeView):
    """A volume with its catalogue and its acts."""

    items: list[CatalogueEntry]
    pointed_out: list[str] = Field(
        description="同时在其他类案卷中的电子文件，以及已说明没有的材料，请审查时核对"
    )
    acts: list[ActView]


class HandoverListView(View):
    """交接清册: formalities, quantity and catalogue (Art 41)."""

    handover_number: str
    project_id: UUID
    project_name: str
    unit: str
    volume_id: UUID
    volume_title: str
    file_class: FileClass
    number: int | None
    retention: Retention | None
    access: AccessClass | None
    formalities: list[ActView]
    item_count: int
    page_count: int
    catalogue: list[CatalogueEntry]
    complete: bool = Field(description="双方已清点无误并交接")


class CheckView(View):
    """An archive check on record."""

    id: UUID
    project_id: UUID
    outcome: CheckOutcome
    classes: list[FileClass]
    reasons: list[str]
    supplementary: bool
    inspector: str
    checked_at: datetime
    warnings: list[Finding] = Field(default_factory=list)


class AuditQuery(Paging):
    """Which page of the audited files, and of which project."""

    project_id: UUID | None = Field(default=None, description="只列出该项目的文件")


class ArchivedFileView(View):
    """An electronic file in the archive, as its last audit found it."""

    id: UUID
    project_id: UUID
    volume_id: UUID | None
    position: int | None
    process_file_id: UUID | None
    title: str
    fixity: Fixity
    audited_at: datetime
    lost_at: datetime | None = Field(description="首次核查发现不完好的时间")


class NotAuditableView(View):
    """What an audit cannot say anything of; it is not counted as intact."""

    paper: int = Field(description="纸质文件")
    kept_elsewhere: int = Field(description="只登记了摘要、未存入本系统的电子文件")


class ProjectAuditView(View):
    """How the files of a project's archive stand, in numbers of files."""

    project_id: UUID
    intact: int
    not_intact: int
    not_yet_audited: int
    requested: int = Field(description="已要求立即核查、尚未核查完的")
    not_auditable: NotAuditableView = Field(description="无法由系统核查的")


class SearchQuery(Paging):
    """What to look for."""

    text: ShortText = Field(
        description="题名中的文字；空格隔开的各词须同时出现，其他符号按原文查找"
    )
    unit: ShortText | None = Field(default=None, description="项目单位")
    file_class: FileClass | None = None
    from_: AnyDay | None = Field(default=None, alias="from", description="文件日期不早于")
    to: AnyDay | None = Field(default=None, description="文件日期不晚于")


class SearchHit(View):
    """Something that a search has found."""

    kind: Kind
    title: str
    project_id: UUID
    project_name: str
    unit: str
    file_class: FileClass | None
    dated_on: date | None = Field(description="案卷为卷内最晚的文件日期，过程材料为上传日期")
    volume_id: UUID | None
    position: int | None
    handover_number: str | None
    process_file_id: UUID | None
