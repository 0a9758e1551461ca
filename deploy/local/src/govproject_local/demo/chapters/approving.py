"""From the annual plan to the approval: Articles 6 to 11."""

import asyncio
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from govproject_local.demo.cast import Project
from govproject_local.demo.client import JSON, Client, until
from govproject_local.demo.scene import Scene
from govproject_local.review_documents import chapters, pre_review_materials

_POINTS = (
    "necessity",
    "basis",
    "infrastructure_use",
    "digital_reform",
    "data_needs",
    "data_resource_design",
)
_DIMENSIONS = (
    "necessity",
    "economy",
    "feasibility",
    "data_sharing",
    "security",
)
_OPINIONS = {
    "party-office": ("pass", "密码应用方案和信创要求符合规定。"),
    "cyberspace": ("pass", "网络和数据安全建设内容符合要求。"),
    "finance": ("pass_with_conditions", "同意，资金须按进度拨付。"),
    "audit": ("pass_with_conditions", "请保留全部采购过程资料。"),
}
_FIELDS = ("business", "informatization", "network_security")
_POOL = 15


async def approval(scene: Scene) -> None:
    """The full-process track, from the annual plan to the approval."""
    full = [project for project in scene.projects if not project.is_filed]
    scene.tell.chapter(
        "Review and approval (Arts 6-11)",
        "Annual plan, pre-review, four departments, five drawn experts, fiscal evaluation,"
        " approval; then the same request is granted.",
    )
    await fill_pool(scene.client)
    await adopt(scene.client, full, scene.today.year + 1)
    await asyncio.gather(*(approve(scene.client, p, scene.today, n) for n, p in enumerate(full, 1)))
    await scene.gate_knows("approval_number", full)
    await scene.ask_all(full, expect="granted")


async def fill_pool(client: Client) -> None:
    """Put made-up experts into the pool; each signs with an account of the own."""
    for number in range(_POOL):
        await client.post(
            "review",
            "/experts",
            "bureau",
            {
                "name": f"专家{number + 1:02}",
                "employer": f"高校{number % 5 + 1}",
                "account": f"expert:{number + 1:02}",
                "fields": [_FIELDS[number % len(_FIELDS)]],
            },
        )


async def adopt(client: Client, projects: Sequence[Project], plan_year: int) -> None:
    """The bureau publishes the annual plan (Arts 5, 6)."""
    await client.post(
        "intake",
        f"/annual-plans/{plan_year}/projects",
        "bureau",
        {
            "project_ids": [project.id for project in projects],
            "reason": "演示项目随时申报，按年中追加受理。",
        },
    )


async def evaluate(client: Client, project: Project) -> None:
    """The finance bureau evaluates the cost (Art 10)."""
    await client.post(
        "review",
        f"/projects/{project.id}/fiscal-evaluations",
        "finance",
        {
            "report_number": f"亭财评〔{date.today().year}〕{project.id[-6:]}",  # noqa: DTZ011  # a label
            "evaluated_yuan": str(project.budget_yuan),
        },
    )


async def _materials(client: Client, project: Project) -> list[JSON]:
    """What Art 8 asks of such a project, uploaded."""
    return [
        {"kind": kind, "file_id": await client.hand_in("review", name, content, project.unit)}
        for kind, (name, content) in pre_review_materials(
            project.kind, project.budget_yuan or Decimal()
        ).items()
    ]


async def approve(client: Client, project: Project, today: date, number: int) -> None:
    """Everything between the plan and the approval, each step by whom it belongs to."""

    async def planned() -> bool:
        found = await client.get("review", f"/projects/{project.id}")
        return found["plan_adopted_year"] is not None

    await until(f"review knows that {project.name} is in the plan", planned)
    path = f"/projects/{project.id}"
    unit = project.unit
    pre_review = await client.post(
        "review",
        f"{path}/pre-reviews",
        "unit",
        {"files": await _materials(client, project), "statements": {"mobile": "none"}},
        unit=unit,
    )
    await client.post(
        "review",
        f"/pre-reviews/{pre_review['id']}/verdict",
        "bureau",
        {"points": dict.fromkeys(_POINTS, True)},
    )
    for department, (verdict, opinion) in _OPINIONS.items():
        await client.post(
            "review", f"{path}/opinions", department, {"verdict": verdict, "opinion": opinion}
        )
    await client.post(
        "review", f"{path}/opinions/audit/answer", "unit", {"answer": "已安排专人保管。"}, unit=unit
    )
    panel = await client.post("review", f"{path}/panels", "bureau", {})
    members = [member["expert_id"] for member in panel["members"]]
    pool = await client.get("review", "/experts")
    accounts = {expert["id"]: expert["account"] for expert in pool["items"]}
    for expert in members:
        await client.post(
            "review",
            f"/panels/{panel['id']}/opinions",
            accounts[expert],
            {
                "expert_id": expert,
                "in_favour": True,
                "comments": dict.fromkeys(_DIMENSIONS, "符合要求。"),
            },
        )
    await client.post(
        "review", f"/panels/{panel['id']}/conclusion", "unit", {"attended": members}, unit=unit
    )
    await evaluate(client, project)
    request = await client.hand_in(
        "review", "项目审批请示.docx", chapters(["项目概况", "审批请求"]), unit
    )
    await client.post(
        "review",
        f"{path}/applications",
        "unit",
        {
            "project_code": f"{today:%y%m}-320902-04-01-{int(project.id[-5:], 16) % 10**6:06}",
            "documents": [request],
        },
        unit=unit,
    )
    await client.post(
        "review",
        f"{path}/approval",
        "bureau",
        {
            "approval_number": f"亭数批〔{today.year}〕{number}号",
            "approved_yuan": str(project.budget_yuan),
        },
    )
