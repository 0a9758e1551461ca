"""The filing track: Articles 10, 26, 27."""

from datetime import timedelta

from govproject_local import documents
from govproject_local.demo.cast import Project
from govproject_local.demo.chapters.approving import evaluate
from govproject_local.demo.client import JSON, until
from govproject_local.demo.scene import Scene
from govproject_local.demo.transcript import Line

_NO_CONDITION = {
    "duplicate": False,
    "no_shared_resources": False,
    "no_data_catalogue": False,
    "security": False,
    "crypto_xinchuang": False,
}


async def filing(scene: Scene) -> None:
    """Three filings: one needs fiscal evaluation, one is irregular, one has a condition."""
    scene.tell.chapter(
        "Filing (Arts 10, 26, 27)",
        "One filing needs the finance bureau's evaluation from 50万 on, one is found irregular"
        " and corrected,\none declares a condition of Article 26 and needs an exception.",
    )
    evaluated, irregular, conditional = sorted(
        (project for project in scene.projects if project.is_filed),
        key=lambda project: project.budget_yuan or 0,
        reverse=True,
    )
    for project in (evaluated, irregular, conditional):
        conditions = _NO_CONDITION | {"no_shared_resources": project is conditional}
        filing = await scene.client.post(
            "intake",
            f"/projects/{project.id}/filings",
            "unit",
            await _filing(scene, project, conditions),
            unit=project.unit,
        )
        project.filing_id = filing["id"]
    lines = [
        scene.problem(evaluated, "bureau", await _accept_refused(scene, evaluated)),
        await _found_irregular(scene, irregular),
        scene.problem(conditional, "bureau", await _accept_refused(scene, conditional)),
    ]
    scene.tell.table(lines)
    await _filing_arrives(scene, evaluated)
    await evaluate(scene.client, evaluated)
    await scene.client.post(
        "intake",
        f"/projects/{conditional.id}/exceptions",
        "bureau",
        {
            "rule": "filing_no_shared_resources",
            "reason": "办公软件更新不涉及系统部署，无需使用政务云。",
            "document": "区数据局会议纪要〔2026〕8号",
            "expires_on": (scene.today + timedelta(days=365)).isoformat(),
        },
    )
    await scene.client.post(
        "intake",
        f"/filings/{irregular.filing_id}/correction",
        "unit",
        await _filing(scene, irregular, _NO_CONDITION),
        unit=irregular.unit,
    )
    await _report_arrives(scene, evaluated)
    for project in (evaluated, irregular, conditional):
        await scene.client.post("intake", f"/filings/{project.filing_id}/acceptance", "bureau")
    await scene.gate_knows("filing_status", (evaluated, irregular, conditional), "accepted")
    scene.tell.say("The report is issued, the filing corrected, the exception recorded:")
    await scene.ask_all((evaluated, irregular, conditional), expect="granted")


async def _filing(scene: Scene, project: Project, conditions: dict[str, bool]) -> JSON:
    return {
        "internal_review_on": scene.today.isoformat(),
        "internal_review_record_file_id": await scene.client.hand_in(
            "intake", "内部技术审查论证记录.docx", documents.internal_review(), project.unit
        ),
        "conditions": conditions,
        "mobile": "none",
    }


async def _accept_refused(scene: Scene, project: Project) -> JSON:
    return await scene.client.refused(
        "intake", f"/filings/{project.filing_id}/acceptance", "bureau"
    )


async def _found_irregular(scene: Scene, project: Project) -> Line:
    await scene.client.post(
        "intake",
        f"/filings/{project.filing_id}/irregularity",
        "bureau",
        {"reasons": ["测评范围与立项内容不一致"]},
    )
    await scene.gate_knows("filing_status", [project], "irregular")
    answer = await scene.ask(project, machines=2)
    scene.expect(answer, "refused", "27")
    return scene.answered(project, answer)


async def _filing_arrives(scene: Scene, project: Project) -> None:
    async def arrived() -> bool:
        found = await scene.client.get("review", f"/projects/{project.id}")
        status: str | None = found["filing_status"]
        return status == "submitted"

    await until("review learns of the filing", arrived)


async def _report_arrives(scene: Scene, project: Project) -> None:
    async def arrived() -> bool:
        found = await scene.client.get("intake", f"/projects/{project.id}")
        return found["fiscal_report"] is not None

    await until("intake learns of the fiscal evaluation report", arrived)
