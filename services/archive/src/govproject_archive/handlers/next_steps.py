"""The archive checks that a project stands before (Art 19)."""

from collections.abc import Iterator
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.gates import ARCHIVE
from govproject.identity import Role
from govproject.next_steps.steps import Asked, Errand, NextSteps, Step, Subject, Waiting
from govproject.regulation.citation import Citation
from govproject.terms import FileClass
from govproject_archive import repository
from govproject_archive.handlers import building, papers, process_material, projects
from govproject_archive.handlers.access import visible
from govproject_archive.handlers.checks import covering, stored_facts
from govproject_archive.handlers.obligations import classes_to_archive
from govproject_archive.triggers import PHASED

_CHECK = "POST /projects/{project_id}/archive-checks"
_INSPECTORS = (Role.ARCHIVIST, Role.BUREAU)


def subject(session: Session, context: Context, project_id: UUID) -> Subject:
    """A project that the caller may see."""
    project = visible(session, context, project_id)
    return Subject(project.project_name, project.unit)


def _before_final(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    if repository.project(session, project_id).final_passed_on is None:
        yield from _outstanding(session, context, project_id)


def _supplementary(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    if repository.project(session, project_id).final_passed_on is not None:
        yield from _outstanding(session, context, project_id)


def _outstanding(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    facts, pack = stored_facts(session, context, project_id)
    if covering(session, project_id) is None:
        yield Asked(facts, pack)


def _to_archive(session: Session, context: Context, project_id: UUID) -> Iterator[Waiting]:
    for file_class in classes_to_archive(session, project_id):
        yield Waiting(about=file_class.zh)


def _to_confirm(session: Session, context: Context, project_id: UUID) -> Iterator[Waiting]:
    due = {row.file_class for row in repository.due_files(session, project_id)}
    standing = papers.standing(session, project_id)
    for file_class in FileClass:
        if file_class in due and (left := papers.to_confirm(standing, file_class)):
            yield Waiting(about=f"{file_class.zh}：{'；'.join(paper.words for paper in left)}")


def _to_upload(session: Session, context: Context, project_id: UUID) -> Iterator[Waiting]:
    project = repository.project(session, project_id)
    for _, left in process_material.milestones(session, project):
        if left:
            yield Waiting(about=f"{'、'.join(row.kind.zh for row in left)}，{left[0].basis}")


def _in_phases(session: Session, context: Context, project_id: UUID) -> Iterator[Waiting]:
    project = repository.project(session, project_id)
    if span := building.long_time(session, context, project):
        yield Waiting(about=f"{PHASED.zh}，建设期{span[0]}至{span[1]}")


NEXT_STEPS = NextSteps(
    subject,
    (
        Step("档案验收", ARCHIVE, _INSPECTORS, _before_final, _CHECK),
        Step("补充档案验收", ARCHIVE, _INSPECTORS, _supplementary, _CHECK),
    ),
    projects.browse,
    errands=(
        Errand(
            "上传过程材料",
            Citation("18", "2", "完整归集并上传至政务信息化项目管理系统"),
            (Role.UNIT,),
            _to_upload,
            "POST /projects/{project_id}/process-files",
            "请按合同逐份上传，并注明所属的合同；档案验收前须上传齐全。",
        ),
        Errand(
            "组卷归档",
            Citation("40", "0", "项目文件应及时归档"),
            (Role.UNIT,),
            _to_archive,
            "POST /projects/{project_id}/volumes",
            "请将该类文件组卷，由部门负责人审查后编制交接清册，与档案管理部门清点交接。",
        ),
        Errand(
            "分阶段归档",
            Citation("40", "4", "建设周期长的项目可分阶段归档"),
            (Role.UNIT,),
            _in_phases,
            "POST /projects/{project_id}/volumes",
            "建设周期长的，可在终验前将已形成的实施文件分阶段组卷、清点交接；"
            "不分阶段的，无须办理，终验后归档。",
        ),
        Errand(
            "确认整类没有材料",
            Citation("39", "1", "项目档案应真实、完整、准确、系统、规范和安全"),
            (Role.UNIT,),
            _to_confirm,
            "POST /projects/{project_id}/absence-confirmations",
            "该类应有的材料均说明没有：请将找到的材料组卷归档；确无的，"
            "由说明人以外的档案工作总负责人逐份确认，写明情况并附签署的确认文件。",
        ),
    ),
)
