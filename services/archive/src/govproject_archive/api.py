"""The routes. Each names who may call it and the handler that does the work."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from starlette.responses import HTMLResponse, StreamingResponse

from govproject.identity import Role
from govproject.web import pages
from govproject.web.access import Read, Write, look_as, read_as, write_as
from govproject.web.downloads import WorkbookResponse, attachment, workbook
from govproject.web.paging import Page, PageQuery
from govproject_archive.handlers import (
    absences,
    audits,
    checks,
    handover_lists,
    organisation,
    packages,
    process_files,
    projects,
    searching,
    supervision,
    volumes,
)
from govproject_archive.organising import (
    AnswerOpinion,
    GiveOpinion,
    InStepView,
    OrganiseArchive,
    RecordInStep,
    SupervisionOpinionView,
    UnitArchiveView,
)
from govproject_archive.views import (
    AbsenceConfirmationView,
    ArchivedFileView,
    AuditQuery,
    CheckView,
    ComposeVolume,
    ConfirmAbsences,
    ConfirmCount,
    DeclarePaperAbsent,
    FailArchiveCheck,
    HandoverListView,
    PaperView,
    PassArchiveCheck,
    PrepareHandoverList,
    ProcessFileView,
    ProjectAuditView,
    ProjectSummary,
    ProjectView,
    ReviewVolume,
    SearchHit,
    SearchQuery,
    UploadProcessFile,
    VolumeDetail,
    VolumeView,
    WithdrawVolume,
)

AnyReader = Annotated[Read, read_as()]
AnyLooker = Annotated[Read, look_as()]
PackageReader = Annotated[
    Read,
    read_as(Role.UNIT, Role.ARCHIVIST, Role.ARCHIVE_AUTHORITY, Role.BUREAU, Role.AUDIT),
]
AuditReader = Annotated[
    Read, read_as(Role.ARCHIVIST, Role.ARCHIVE_AUTHORITY, Role.BUREAU, Role.AUDIT)
]
UnitWrite = Annotated[Write, write_as(Role.UNIT)]
ArchivistWrite = Annotated[Write, write_as(Role.ARCHIVIST)]
BothSidesWrite = Annotated[Write, write_as(Role.UNIT, Role.ARCHIVIST)]
SupervisorWrite = Annotated[Write, write_as(Role.ARCHIVE_AUTHORITY, Role.BUREAU)]
InspectorWrite = Annotated[Write, write_as(Role.ARCHIVIST, Role.BUREAU)]

router = APIRouter(tags=["archive"])


@router.get("/projects", response_model=Page[ProjectSummary])
def browse_projects(read: AnyReader, paging: PageQuery) -> Response:
    """项目档案列表；项目单位只看到本单位的项目。"""
    return read.answer(projects.browse, paging)


@router.get("/projects/{project_id}", response_model=ProjectView)
def show_project(project_id: UUID, read: AnyReader) -> Response:
    """项目的七类文件是否到期、是否已归档（第40条），过程材料是否已上传（第18条）。"""
    return read.answer(projects.show, project_id)


@router.post(
    "/projects/{project_id}/process-files", status_code=201, response_model=ProcessFileView
)
def upload_process_file(project_id: UUID, command: UploadProcessFile, write: UnitWrite) -> Response:
    """上传招标、中标、开竣工、实施进展等过程材料（第18条）。"""
    return write.once(process_files.upload, project_id, command)


@router.post("/unit-archives", status_code=201, response_model=UnitArchiveView)
def organise_archive(command: OrganiseArchive, write: UnitWrite) -> Response:
    """登记本单位项目档案工作的总负责人、管理部门、统一制度和统一标准（第35条）。"""
    return write.once(organisation.organise, command)


@router.get("/unit-archives", response_model=Page[UnitArchiveView])
def browse_unit_archives(read: AnyReader, paging: PageQuery) -> Response:
    """各单位登记的项目档案工作安排；项目单位只看到本单位的。"""
    return read.answer(organisation.browse, paging)


@router.post("/projects/{project_id}/in-step", status_code=201, response_model=InStepView)
def record_in_step(project_id: UUID, command: RecordInStep, write: UnitWrite) -> Response:
    """登记档案工作已写入的计划、体系、程序、合同和职责（第37条）。"""
    return write.once(organisation.record_in_step, project_id, command)


@router.get("/projects/{project_id}/in-step", response_model=InStepView)
def show_in_step(project_id: UUID, read: AnyReader) -> Response:
    """档案工作与项目建设同步的情况（第37条）。"""
    return read.answer(organisation.show_in_step, project_id)


@router.post(
    "/projects/{project_id}/supervision-opinions",
    status_code=201,
    response_model=SupervisionOpinionView,
)
def give_supervision_opinion(
    project_id: UUID, command: GiveOpinion, write: SupervisorWrite
) -> Response:
    """档案行政管理部门、上级主管部门提出监督指导意见（第35条）。"""
    return write.once(supervision.give, project_id, command)


@router.get(
    "/projects/{project_id}/supervision-opinions", response_model=Page[SupervisionOpinionView]
)
def browse_supervision_opinions(project_id: UUID, read: AnyReader, paging: PageQuery) -> Response:
    """监督指导意见及答复（第35条）。"""
    return read.answer(supervision.browse, project_id, paging)


@router.post("/supervision-opinions/{opinion_id}/answer", response_model=SupervisionOpinionView)
def answer_supervision_opinion(
    opinion_id: UUID, command: AnswerOpinion, write: UnitWrite
) -> Response:
    """答复监督指导意见（第35条）。"""
    return write.once(supervision.answer, opinion_id, command)


@router.post("/projects/{project_id}/volumes", status_code=201, response_model=VolumeDetail)
def compose_volume(project_id: UUID, command: ComposeVolume, write: UnitWrite) -> Response:
    """组卷（第41条）。"""
    return write.once(volumes.compose, project_id, command)


@router.post("/projects/{project_id}/absent-papers", status_code=201, response_model=PaperView)
def declare_paper_absent(
    project_id: UUID, command: DeclarePaperAbsent, write: UnitWrite
) -> Response:
    """登记应归档而确实没有的材料及理由，档案验收时由验收人审看（第39条）。"""
    return write.once(absences.declare, project_id, command)


@router.post(
    "/projects/{project_id}/absence-confirmations",
    status_code=201,
    response_model=AbsenceConfirmationView,
)
def confirm_absences(project_id: UUID, command: ConfirmAbsences, write: UnitWrite) -> Response:
    """档案工作总负责人确认没有所列材料；整类材料均说明没有的，确认后方可通过档案验收（第39条）。"""
    return write.once(absences.confirm, project_id, command)


@router.get("/projects/{project_id}/volumes", response_model=Page[VolumeView])
def browse_volumes(project_id: UUID, read: AnyReader, paging: PageQuery) -> Response:
    """项目的案卷列表。"""
    return read.answer(volumes.browse, project_id, paging)


@router.get("/volumes/{volume_id}", response_model=VolumeDetail)
def show_volume(volume_id: UUID, read: AnyReader) -> Response:
    """案卷及卷内文件目录。"""
    return read.answer(volumes.show, volume_id)


@router.post("/volumes/{volume_id}/review", response_model=VolumeDetail)
def review_volume(volume_id: UUID, command: ReviewVolume, write: UnitWrite) -> Response:
    """部门负责人审查合格（第41条）。"""
    return write.once(volumes.review, volume_id, command)


@router.post("/volumes/{volume_id}/handover-list", status_code=201, response_model=HandoverListView)
def prepare_handover_list(
    volume_id: UUID, command: PrepareHandoverList, write: UnitWrite
) -> Response:
    """编制交接清册（第41条）。"""
    return write.once(volumes.prepare_list, volume_id, command)


@router.get("/volumes/{volume_id}/handover-list", response_model=HandoverListView)
def show_handover_list(volume_id: UUID, read: AnyReader) -> Response:
    """交接清册：交接手续、档案数量及目录（第41条）。"""
    return read.answer(volumes.show_list, volume_id)


@router.get("/volumes/{volume_id}/handover-list.xlsx", response_class=WorkbookResponse)
def export_handover_list(volume_id: UUID, read: AnyReader) -> Response:
    """导出交接清册（第41条）。"""
    number, content = read.find(handover_lists.export, volume_id)
    return workbook(content, f"交接清册 {number}")


@router.get("/volumes/{volume_id}/handover-list.html", response_class=HTMLResponse)
def print_handover_list(volume_id: UUID, look: AnyLooker) -> Response:
    """交接清册打印页（第41条），供双方签字。"""
    return pages.answer(look.find(handover_lists.page, volume_id))


@router.post("/volumes/{volume_id}/confirmations", response_model=VolumeDetail)
def confirm_count(volume_id: UUID, command: ConfirmCount, write: BothSidesWrite) -> Response:
    """移交方（项目单位）或接收方（档案管理人员）清点确认；双方清点无误即交接归档（第41条）。"""
    return write.once(volumes.confirm, volume_id, command)


@router.post("/volumes/{volume_id}/withdrawal", response_model=VolumeDetail)
def withdraw_volume(volume_id: UUID, command: WithdrawVolume, write: UnitWrite) -> Response:
    """撤回尚未交接的案卷。"""
    return write.once(volumes.withdraw, volume_id, command)


@router.get("/projects/{project_id}/package", response_class=StreamingResponse)
def download_package(project_id: UUID, read: PackageReader) -> Response:
    """项目已归档案卷的交接清册和电子文件，打成BagIt包（含SHA-256和SM3校验清单）。"""
    with read.db.read() as session:
        wanted = packages.contents(session, read.context, project_id)
    return attachment(packages.build(wanted), f"{wanted.name}.zip", "application/zip")


@router.post("/projects/{project_id}/archive-checks", status_code=201, response_model=CheckView)
def pass_archive_check(
    project_id: UUID, command: PassArchiveCheck, write: InspectorWrite
) -> Response:
    """档案验收合格（第19条）；终验后的补充验收同此办理。"""
    return write.once(checks.pass_check, project_id, command)


@router.post(
    "/projects/{project_id}/archive-check-failures", status_code=201, response_model=CheckView
)
def fail_archive_check(
    project_id: UUID, command: FailArchiveCheck, write: InspectorWrite
) -> Response:
    """档案验收不合格（第19条）。"""
    return write.once(checks.fail_check, project_id, command)


@router.get("/projects/{project_id}/archive-checks", response_model=Page[CheckView])
def browse_archive_checks(project_id: UUID, read: AnyReader, paging: PageQuery) -> Response:
    """项目的档案验收记录，含不合格的。"""
    return read.answer(checks.browse, project_id, paging)


@router.post("/projects/{project_id}/file-audits", status_code=202, response_model=ProjectAuditView)
def request_audit(project_id: UUID, write: ArchivistWrite) -> Response:
    """立即核查项目的全部电子档案，先于其他文件；结果稍后查询。"""
    return write.once(audits.request, project_id)


@router.get("/projects/{project_id}/file-audits", response_model=ProjectAuditView)
def show_audit(project_id: UUID, read: AuditReader) -> Response:
    """项目电子档案的核查情况：完好、不完好、尚未核查和无法核查的件数。"""
    return read.answer(audits.show, project_id)


@router.get("/file-audits", response_model=Page[ArchivedFileView])
def browse_audits(read: AuditReader, query: Annotated[AuditQuery, Query()]) -> Response:
    """电子档案的最近核查结果，最近的在前。"""
    return read.answer(audits.browse, query)


@router.get("/lost-files", response_model=Page[ArchivedFileView])
def browse_lost_files(read: AuditReader, query: Annotated[AuditQuery, Query()]) -> Response:
    """核查发现内容不一致、缺失或无法读取的电子档案。"""
    return read.answer(audits.browse_lost, query)


@router.get("/search", response_model=Page[SearchHit])
def search(read: AnyReader, query: Annotated[SearchQuery, Query()]) -> Response:
    """按题名、交接清册编号和项目名称查找，最近登记的在前；项目单位只查到本单位的。"""
    return read.answer(searching.search, query)
