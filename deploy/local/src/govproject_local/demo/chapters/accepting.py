"""From the contract to the acceptance: Articles 13, 14, 18, 19, 31."""

from datetime import timedelta
from typing import Any

from govproject.terms import ImplementationPlan, ParticipantRole, Veto
from govproject_local import documents
from govproject_local.demo.cast import Project
from govproject_local.demo.client import JSON, until
from govproject_local.demo.scene import Scene
from govproject_local.demo.transcript import Line

_CONTRACTOR, _SUPERVISOR = "盐城软件公司", "盐城监理公司"
_EMPLOYERS = {
    ParticipantRole.CONTRACTOR: _CONTRACTOR,
    ParticipantRole.SUPERVISOR: _SUPERVISOR,
}


async def contract(scene: Scene) -> None:
    """A contract is measured against what was approved."""
    scene.tell.chapter(
        "The contract (Arts 13, 18, 31)",
        "A contract beyond the approved amount or with a year of free maintenance is refused;"
        " the third one is lawful.",
    )
    project = scene.full(7)
    body = await _contract(scene, project)
    dearer = body | {"amount_yuan": f"{(project.budget_yuan or 0) + 1:.2f}"}
    shorter = body | {"free_ops_months": 12}
    lines = [
        await _refused(scene, project, "intake", "contracts", wrong) for wrong in (dearer, shorter)
    ]
    await _do(scene, project, "intake", "contracts", body)
    lines.append(scene.line(project, "unit", "recorded", "", "合同已备案。"))
    scene.tell.table(lines)


async def acceptance(scene: Scene) -> None:
    """Each step of the acceptance asks for the one before; nine vetoes stand at the end."""
    scene.tell.chapter(
        "Acceptance (Art 19)",
        "Built, tried and accepted too fast: each step is refused with what is missing for it.",
    )
    project = scene.full(7)
    today = scene.today.isoformat()

    async def heard() -> bool:
        found = await scene.client.get("acceptance", f"/projects/{project.id}/next-step")
        return all(each["as_of"] for each in found["knowledge"])

    await until("acceptance has heard of all that it follows", heard)
    await _implementation_file(scene, project)
    await _do(scene, project, "acceptance", "completion", {"completed_on": today})
    await _indicators(scene, project)
    held = await _do(
        scene, project, "acceptance", "preliminary-rounds", await _preliminary(scene, project)
    )
    start = {"started_on": today}
    lines = [
        scene.line(project, "unit", "passed", "", "初验合格，须整改一项。"),
        await _refused(scene, project, "acceptance", "trials", start),
    ]
    (item,) = held["must_fix"]
    await scene.client.post(
        "acceptance",
        f"/must-fix-items/{item['id']}/closure",
        "unit",
        {"fixed_on": today, "proof": "操作手册已补充。"},
        unit=project.unit,
    )
    await _do(scene, project, "acceptance", "trials", start)
    lines.append(scene.line(project, "unit", "in trial", "", "试运行开始。"))
    meeting = await _final(scene, project)
    lines.append(await _refused(scene, project, "acceptance", "final-rounds", meeting))
    scene.tell.table(lines)
    shown = await scene.client.get("acceptance", f"/projects/{project.id}")
    scene.tell.say("What is missing for the next step, before anybody asks for it:")
    for finding in shown["next_step"]["decision"]["findings"]:
        scene.tell.plain(f"  第{finding['article']}条 {finding['message']}{finding['remedy']}")


async def _contract(scene: Scene, project: Project) -> JSON:
    content = documents.word([(1, "建设合同"), (0, "双方就本项目的建设订立本合同。")])
    file_id = await scene.client.hand_in("intake", "建设合同.docx", content, project.unit)
    content = documents.word([(1, "中标通知书"), (0, "确定贵单位为本项目中标人。")])
    notice = await scene.client.hand_in("intake", "中标通知书.docx", content, project.unit)
    return {
        "contractor": _CONTRACTOR,
        "supervisor": _SUPERVISOR,
        "amount_yuan": f"{project.budget_yuan:.2f}",
        "award_notice_on": scene.today.isoformat(),
        "contract_filed_on": scene.today.isoformat(),
        "free_ops_months": 24,
        "ends_on": (scene.today + timedelta(days=270)).isoformat(),
        "personnel": [{"name": "赵工", "role": "project_lead"}],
        "file_id": file_id,
        "award_notice_file_id": notice,
        **documents.CONTRACT_TERMS,
    }


async def _implementation_file(scene: Scene, project: Project) -> None:
    """The plans that Art 14 names; the cloud's came with the declaration."""

    async def contracted() -> bool:
        found = await scene.client.get("archive", f"/projects/{project.id}")
        return any(c["file_class"] == "contract" and c["due_on"] for c in found["classes"])

    await until("the archive learns of the contract", contracted)
    plans = []
    for plan in ImplementationPlan:
        if plan is not ImplementationPlan.CLOUD:
            content = documents.word([(1, plan.zh), (0, f"{plan.zh}，详见附件。")])
            name = f"{plan.zh}.docx"
            file_id = await scene.client.hand_in("acceptance", name, content, project.unit)
            plans.append({"kind": plan, "file_id": file_id})
    await _do(scene, project, "acceptance", "implementation-plans", {"plans": plans})


async def _indicators(scene: Scene, project: Project) -> None:
    """What the project has to reach is fixed before anybody meets (Art 19)."""
    content = documents.word([(1, "建设合同"), (0, "页面响应时间不超过2秒。")])
    indicator = {
        "name": "页面响应时间",
        "promised": "不超过2秒",
        "source": "contract",
        "document": "建设合同第3.2条",
        "file_id": await scene.client.hand_in("acceptance", "建设合同.docx", content, project.unit),
    }
    await _do(scene, project, "acceptance", "indicators", {"indicators": [indicator]})


async def _preliminary(scene: Scene, project: Project) -> JSON:
    participants = [
        {"role": role, "name": f"{role.zh}代表", "employer": _EMPLOYERS.get(role, project.unit)}
        for role in ParticipantRole
    ]
    return {
        "held_on": scene.today.isoformat(),
        "participants": participants,
        "opinion": "听取汇报，查看系统，形成初步验收意见。",
        "opinion_file_id": await _signed(scene, project, "初步验收意见"),
        "passed": True,
        "must_fix": ["补充操作手册"],
    }


async def _final(scene: Scene, project: Project) -> JSON:
    experts = [
        {"name": f"终验专家{n}", "employer": f"高校{n}", "in_favour": True, "signed": True}
        for n in range(1, 5)
    ]
    return {
        "held_on": scene.today.isoformat(),
        "experts": experts,
        "vetoes": {veto.value: False for veto in Veto},
        "xinchuang": "已对照区委办会审意见核查。",
        "opinion": "专家组听取了汇报，查阅了资料。",
        "opinion_file_id": await _signed(scene, project, "终验意见"),
        "settled_yuan": "1.00",
    }


async def _signed(scene: Scene, project: Project, name: str) -> str:
    """An opinion as those who met have signed it."""
    content = documents.word([(1, name), (0, "经与会人员讨论形成，签字附后。")])
    return await scene.client.hand_in("acceptance", f"{name}.docx", content, project.unit)


async def _do(scene: Scene, project: Project, service: str, what: str, body: JSON) -> Any:
    path = f"/projects/{project.id}/{what}"
    return await scene.client.post(service, path, "unit", body, unit=project.unit)


async def _refused(scene: Scene, project: Project, service: str, what: str, body: JSON) -> Line:
    path = f"/projects/{project.id}/{what}"
    problem = await scene.client.refused(service, path, "unit", body, unit=project.unit)
    return scene.problem(project, "unit", problem)
