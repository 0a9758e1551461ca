"""A suspension, a kill, a silence: the suite when things go wrong."""

import asyncio
from datetime import datetime

from govproject.clock import SHANGHAI
from govproject_local import documents
from govproject_local.demo.cast import Project
from govproject_local.demo.client import until
from govproject_local.demo.scene import Scene


async def suspension(scene: Scene) -> None:
    """A failed rectification suspends, after a person confirmed; clearance resumes."""
    scene.tell.chapter(
        "Suspension and resumption (Art 29)",
        "A spot check orders a rectification; it fails. Nothing is switched off until a person"
        " of the bureau confirms.",
    )
    project = scene.full(2)
    await scene.cloud_is_done(project)
    order = await scene.client.post(
        "intake",
        f"/projects/{project.id}/rectification-orders",
        "cyberspace",
        {"problem": "安全建设未落实：日志留存不足六个月。", "due_on": scene.today.isoformat()},
    )
    await _reported(scene, project, order["id"])
    await scene.client.post(
        "intake",
        f"/rectification-orders/{order['id']}/failure",
        "cyberspace",
        {"reason": "经复查，日志留存仍不足六个月。"},
    )

    async def in_state(state: str) -> bool:
        page = await scene.client.get("cloud-alloc", "/suspension-orders?limit=200")
        return any(o["order_id"] == order["id"] and o["state"] == state for o in page["items"])

    await until("the gate proposes the suspension", lambda: in_state("proposed"))
    lines = [await scene.state_line(project, "proposed")]
    await scene.client.post(
        "cloud-alloc", f"/suspension-orders/{order['id']}/confirmation", "bureau"
    )
    lines.append(await scene.state_line(project, "suspended"))
    answer = await scene.ask(project, machines=1)
    scene.expect(answer, "refused", "29")
    lines.append(scene.answered(project, answer))
    await _reported(scene, project, order["id"])
    await scene.client.post(
        "intake",
        f"/rectification-orders/{order['id']}/clearance",
        "cyberspace",
        {"reason": "复查合格，整改到位。"},
    )
    await until("the gate learns of the clearance", lambda: in_state("cleared"))
    await scene.client.post("cloud-alloc", f"/suspension-orders/{order['id']}/resumption", "bureau")
    lines.append(await scene.state_line(project, "resumed"))
    answer = await scene.ask(project, machines=1)
    scene.expect(answer, "granted")
    lines.append(scene.answered(project, answer))
    scene.tell.table(lines)


async def _reported(scene: Scene, project: Project, order: str) -> None:
    """The unit reports what it put right, with a file."""
    file_id = await scene.client.hand_in(
        "intake", "整改报告.docx", documents.internal_review(), project.unit
    )
    await scene.client.post(
        "intake",
        f"/rectification-orders/{order}/report",
        "unit",
        {"report": "日志留存策略已调整。", "file_id": file_id},
        unit=project.unit,
    )


async def killed(scene: Scene) -> None:
    """Kill -9 between an answer and its event: nothing is lost, nothing happens twice."""
    scene.tell.chapter(
        "A service is killed with -9",
        "Intake is killed right after it answered, before its news can have travelled."
        " Started again, it goes on where it was.",
    )
    project = scene.projects[-1]
    before = await scene.client.get("cloud-alloc", f"/projects/{project.id}/standing")
    change = await scene.client.post(
        "intake",
        f"/projects/{project.id}/changes",
        "unit",
        {
            "aspects": ["responsibility"],
            "description": "责任人因工作调动变更。",
            "new_responsible_person": "李四",
        },
        unit=project.unit,
    )
    await scene.suite.kill("intake")
    scene.tell.say(f"intake killed; change {change['id'][:8]} was answered with 201")
    await scene.suite.start("intake")
    await scene.client.post("intake", f"/changes/{change['id']}/filing", "unit", unit=project.unit)

    async def caught_up() -> bool:
        standing = await scene.client.get("cloud-alloc", f"/projects/{project.id}/standing")
        return bool(standing["positions"]["intake"] == before["positions"]["intake"] + 2)

    await until("the gate has seen both events once", caught_up)
    scene.tell.say("intake started again; the gate has seen both of its events, once each")


async def silence(scene: Scene) -> None:
    """The gate answers with the others down, and says how old its knowledge is."""
    stopped = ("intake", "review", "acceptance", "archive")
    scene.tell.chapter(
        "The gate alone",
        f"{', '.join(stopped)} are stopped. The gate still answers from what it knows.",
    )
    await asyncio.gather(*(scene.suite.stop(service) for service in stopped))
    project = scene.full(3)
    granted = await scene.ask(project, machines=1)
    scene.expect(granted, "granted")
    stranger = Project("（未申报的项目）", project.unit, "new", None, "")
    stranger.id = "00000000-0000-7000-8000-000000000000"
    refused = await scene.ask(stranger, machines=1)
    scene.expect(refused, "refused", "3")
    scene.tell.table([scene.answered(project, granted), scene.answered(stranger, refused)])
    for source in (await scene.client.get("cloud-alloc", "/knowledge", "portal"))["sources"]:
        moment = datetime.fromisoformat(source["as_of"]).astimezone(SHANGHAI)
        age = max(0, round((datetime.now(SHANGHAI) - moment).total_seconds()))
        scene.tell.say(
            f"all that {source['source']} committed before {moment:%H:%M:%S} 北京时间 is known"
            f" ({age} s ago)"
        )
    await asyncio.gather(*(scene.suite.start(service) for service in stopped))
