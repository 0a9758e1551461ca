"""What the gate of the archive sees (Arts 18, 35-37, 39-42)."""

from typing import Any, ClassVar

from pydantic import Field

from govproject.facts.base import ToldFacts
from govproject.fields import (
    Count,
)
from govproject.terms import (
    ArchivePlace,
    ArchiveProvision,
    FileClass,
    ProcessFileKind,
)


class ArchiveFacts(ToldFacts):
    """A project's files at an archive check (Arts 18, 35-37, 39-42)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "due": (FileClass.APPROVAL, FileClass.CONTRACT),
        "handed_over": (FileClass.APPROVAL, FileClass.CONTRACT),
        "process_files_due": tuple(ProcessFileKind),
        "process_files": tuple(ProcessFileKind),
        "unit_is_organised": True,
        "in_step": tuple(ArchivePlace),
        "provided": tuple(ArchiveProvision),
        "knowledge_age_minutes": 0,
    }

    due: tuple[FileClass, ...] = Field(title="已到归档时点的类别")
    handed_over: tuple[FileClass, ...] = Field(title="已移交归档的类别")
    outstanding: dict[FileClass, tuple[str, ...]] = Field(
        default_factory=dict, title="各类别中尚无案卷的归档事由"
    )
    papers_missing: dict[FileClass, tuple[str, ...]] = Field(
        default_factory=dict, title="各类别应有而已归档案卷中没有的材料"
    )
    papers_absent: dict[FileClass, tuple[str, ...]] = Field(
        default_factory=dict, title="各类别中项目单位说明没有的材料及理由"
    )
    papers_unconfirmed: dict[FileClass, tuple[str, ...]] = Field(
        default_factory=dict, title="各类别中一份也没有归档、而说明未经总负责人确认的材料"
    )
    phased: bool = Field(default=False, title="实施文件已分阶段移交归档")
    lost_files: Count = Field(default=0, title="核验发现不完好的电子文件数")
    unreviewed_volumes: tuple[str, ...] = Field(default=(), title="未经负责人审查的案卷")
    unlisted_volumes: tuple[str, ...] = Field(default=(), title="未编制交接清册的案卷")
    uncounted_volumes: tuple[str, ...] = Field(default=(), title="未经双方清点无误的案卷")
    process_files_due: tuple[ProcessFileKind, ...] = Field(
        default=(), title="已到上传节点的过程材料"
    )
    process_files: tuple[ProcessFileKind, ...] = Field(default=(), title="已上传的过程材料")
    process_files_outstanding: dict[ProcessFileKind, tuple[str, ...]] = Field(
        default_factory=dict, title="已上传的各种过程材料中仍缺材料的事由"
    )
    unit_is_organised: bool = Field(
        default=False, title="项目单位已明确档案工作的负责人、制度和标准"
    )
    in_step: tuple[ArchivePlace, ...] = Field(
        default=(), title="已写明档案工作的计划、体系、程序、合同和职责"
    )
    provided: tuple[ArchiveProvision, ...] = Field(
        default=(), title="项目单位已登记配备的档案工作人员、经费、设施设备"
    )
