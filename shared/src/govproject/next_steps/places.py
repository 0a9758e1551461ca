"""Where a project's page is, and what the services call themselves."""

from typing import Final
from uuid import UUID

API: Final = "/api/v1"
SERVICES: Final = {
    "intake": "项目申报与报备",
    "review": "项目评审与立项",
    "acceptance": "项目验收",
    "archive": "项目档案",
    "cloud-alloc": "政务云资源分配",
}


def page_path(project_id: UUID) -> str:
    """The address of a project's page, the same in every service."""
    return f"{API}/projects/{project_id}/next-step.html"
