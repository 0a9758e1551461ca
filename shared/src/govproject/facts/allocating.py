"""What the cloud gate sees (Arts 2, 3, 6, 7, 14, 25-29, 32, 34)."""

from typing import Any, ClassVar

from pydantic import Field

from govproject.facts.base import ToldFacts
from govproject.facts.declaring import RelatedProject
from govproject.fields import Count, Year
from govproject.resources import Resources
from govproject.terms import (
    DeploymentTarget,
    FilingCondition,
    FilingStatus,
    Track,
)


class AllocationFacts(ToldFacts):
    """A project's standing and its request, as the gate knows them (Arts 2, 3, 6, 7, 25-29, 34)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "declared": True,
        "city_system_ref": "320902-2026-0001",
        "track": Track.FULL_PROCESS,
        "plan_year": 2026,
        "approval_number": "亭数批〔2026〕12号",
        "builds_system": True,
        "deployment_target": DeploymentTarget.DISTRICT_CLOUD,
        "planned": Resources(vcpus=64, memory_gib=256, storage_gib=4096, public_ips=2),
        "requested": Resources(vcpus=16, memory_gib=64, storage_gib=1024),
        "knowledge_age_minutes": 0,
    }

    declared: bool = Field(title="项目已申报")
    city_system_ref: str | None = Field(default=None, title="市级系统编号")
    track: Track | None = Field(default=None, title="管理方式")
    filing_status: FilingStatus = Field(default=FilingStatus.NONE, title="报备状态")
    filing_problems: tuple[str, ...] = Field(default=(), title="报备不规范的原因")
    filing_conditions: tuple[FilingCondition, ...] = Field(default=(), title="声明存在的第26条情形")
    approval_number: str | None = Field(default=None, title="立项批复文号")
    plan_year: Year | None = Field(
        default=None, title="计划年度；空表示申报时尚未记录，关联项目也未记录"
    )
    related: tuple[RelatedProject, ...] = Field(default=(), title="关联项目")
    related_backlog: Count = Field(default=0, title="尚未处理的关联项目事件数")
    accepted_before: bool = Field(default=False, title="报备曾经认定规范")
    builds_system: bool = Field(default=False, title="新建或改造系统")
    deployment_target: DeploymentTarget = Field(default=DeploymentTarget.NONE, title="系统部署位置")
    standalone_basis: str | None = Field(default=None, title="国家规定单独建设的依据")
    planned: Resources | None = Field(default=None, title="已批准或报备的云资源计划")
    in_use: Resources = Field(default=Resources(), title="已分配的资源")
    requested: Resources = Field(title="本次申请的资源")
    rectification_failed: bool = Field(default=False, title="整改不到位，尚未暂停")
    suspended_by: str | None = Field(default=None, title="已确认的暂停令")
    decommissioned: bool = Field(default=False, title="已报停用")
    open_incidents: tuple[str, ...] = Field(default=(), title="尚未处置的网络安全隐患和事件")
