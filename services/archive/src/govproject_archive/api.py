"""The routes. Each names who may call it and the handler that does the work."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from govproject.identity import Role
from govproject.web.access import Read, Write, read_as, write_as
from govproject.web.paging import Page, PageQuery
from govproject_archive.handlers import checks, projects, volumes
from govproject_archive.views import (
    CheckView,
    ComposeVolume,
    ConfirmCount,
    FailArchiveCheck,
    HandoverListView,
    PassArchiveCheck,
    PrepareHandoverList,
    ProjectSummary,
    ProjectView,
    ReviewVolume,
    VolumeDetail,
    VolumeView,
    WithdrawVolume,
)

AnyReader = Annotated[Read, Depends(read_as())]
UnitWrite = Annotated[Write, Depends(write_as(Role.UNIT))]
BothSidesWrite = Annotated[Write, Depends(write_as(Role.UNIT, Role.ARCHIVIST))]
InspectorWrite = Annotated[Write, Depends(write_as(Role.ARCHIVIST, Role.BUREAU))]

router = APIRouter(tags=["archive"])


@router.get("/projects", response_model=Page[ProjectSummary])
def browse_projects(read: AnyReader, paging: PageQuery) -> Response:
    """项目档案列表；项目单位只看到本单位的项目。"""
    return read.answer(projects.browse, paging)


@router.get("/projects/{project_id}", response_model=ProjectView)
def show_project(project_id: UUID, read: AnyReader) -> Response:
    """项目的七类文件：是否已到归档时点、是否已交接归档（第40条）。"""
    return read.answer(projects.show, project_id)


@router.post("/projects/{project_id}/volumes", status_code=201, response_model=VolumeDetail)
def compose_volume(project_id: UUID, command: ComposeVolume, write: UnitWrite) -> Response:
    """组卷（第41条）。"""
    return write.once(volumes.compose, project_id, command)


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


@router.post("/volumes/{volume_id}/confirmations", response_model=VolumeDetail)
def confirm_count(volume_id: UUID, command: ConfirmCount, write: BothSidesWrite) -> Response:
    """移交方（项目单位）或接收方（档案管理人员）清点确认；双方清点无误即交接归档（第41条）。"""
    return write.once(volumes.confirm, volume_id, command)


@router.post("/volumes/{volume_id}/withdrawal", response_model=VolumeDetail)
def withdraw_volume(volume_id: UUID, command: WithdrawVolume, write: UnitWrite) -> Response:
    """撤回尚未交接的案卷。"""
    return write.once(volumes.withdraw, volume_id, command)


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
