"""A system's last day, and the proof of all that was decided."""

from govproject_local.demo.client import UnexpectedAnswerError
from govproject_local.demo.scene import Scene


async def the_end_of_a_system(scene: Scene) -> None:
    """Decommissioned: no new resources, and the old ones are given back."""
    scene.tell.chapter(
        "Decommission and release (Art 34)",
        "A unit reports that its system is stopped; new requests are refused, and resources go"
        " back once data and assets are taken care of.",
    )
    project = scene.full(4)
    await scene.client.post(
        "intake",
        f"/projects/{project.id}/decommission-report",
        "unit",
        {"reason": "职能调整，业务并入市级平台。"},
        unit=project.unit,
    )
    await scene.gate_knows("decommissioned_at", [project])
    answer = await scene.ask(project, machines=1)
    scene.expect(answer, "refused", "34")
    lines = [scene.answered(project, answer)]
    granted = project.allocation_ids[0]
    body = {
        "reason": "系统停用",
        "data_handed_over": True,
        "data_wiped": False,
        "asset_ledger_updated": True,
    }
    path = f"/allocations/{granted}/release"
    problem = await scene.client.refused("cloud-alloc", path, "portal", body)
    lines.append(scene.line(project, "portal", "refused", "第34条", problem["detail"]))
    await scene.client.post("cloud-alloc", path, "portal", body | {"data_wiped": True})
    lines.append(await scene.state_line(project, "released"))
    scene.tell.table(lines)


async def proof(scene: Scene) -> None:
    """The chain of decisions is whole, and the cloud was told each thing once."""
    scene.tell.chapter(
        "Proof",
        "Every decision was chained into the log before its answer left.",
    )
    log = await scene.client.get("cloud-alloc", "/decisions/verification")
    if log["first_broken"] is not None:
        raise UnexpectedAnswerError(f"the decision log is broken at {log['first_broken']}")
    scene.tell.say(f"{log['links']} decisions, chain whole, head {log['head'][:20]}…")
    decisions = scene.tell.granted + scene.tell.refused
    scene.tell.say(
        f"printed above: {scene.tell.granted} granted, {scene.tell.refused} refused"
        f" ({decisions} in all, filings and releases included)"
    )
