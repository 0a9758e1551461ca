"""Declared and registered: Articles 3, 4, 5, and what is refused before."""

from govproject_local import documents
from govproject_local.demo.client import until
from govproject_local.demo.scene import Scene


async def knowledge_arrives(scene: Scene) -> None:
    """The gate must have heard of both its sources once, else it refuses everything."""

    async def heard() -> bool:
        found = await scene.client.get("cloud-alloc", "/knowledge")
        return found["age_minutes"] is not None

    await until("the gate has heard of intake and review", heard)


async def declaration(scene: Scene) -> None:
    """Units declare; the track follows from the amount."""
    scene.tell.chapter(
        "Declaration (Arts 4, 5)",
        f"{len(scene.projects)} really published projects are declared as if their units were"
        " of this district.\nNobody types the track in: it follows from the amount.",
    )
    lines = []
    hints: dict[str, str] = {}
    for project in scene.projects:
        materials = [
            {
                "kind": kind,
                "file_id": await scene.client.hand_in("intake", name, content, project.unit),
            }
            for kind, (name, content) in documents.materials(project.kind).items()
        ]
        view = await scene.client.post(
            "intake",
            "/projects",
            "unit",
            project.declaration(scene.today.year + 1, materials),
            unit=project.unit,
        )
        project.id, project.track = view["id"], view["track"]
        hints |= {f"第{f['article']}条": f["message"] + f["remedy"] for f in view["warnings"]}
        lines.append(scene.line(project, "unit", "declared", "", "已受理申报。"))
    scene.tell.table(lines)
    for article, sentence in hints.items():
        scene.tell.plain(f"With a warning, which refuses nothing: {article} {sentence}")


async def everyone_asks_at_once(scene: Scene) -> None:
    """Nobody is registered: Article 3."""
    scene.tell.chapter(
        "Everyone asks for cloud resources at once (Art 3)",
        "No project is in the municipal system yet. Article 3 leaves no choice.",
    )
    await scene.ask_all(scene.projects, expect="refused", article="3")


async def registration(scene: Scene) -> None:
    """Registered, yet neither filed nor approved: Articles 27 and 6."""
    scene.tell.chapter(
        "Registered, and asked again (Arts 27, 6)",
        "The bureau records each project's reference in the municipal system. Small projects"
        " are still unfiled (Art 27),\nlarge ones unapproved (Art 6).",
    )
    for number, project in enumerate(scene.projects, start=1):
        await scene.client.post(
            "intake",
            f"/projects/{project.id}/registration",
            "bureau",
            {"city_system_ref": f"320902-{scene.today.year}-{number:04}"},
        )
    await scene.gate_knows("city_system_ref", scene.projects)
    filed = [project for project in scene.projects if project.is_filed]
    full = [project for project in scene.projects if not project.is_filed]
    await scene.ask_all(filed, expect="refused", article="27")
    await scene.ask_all(full, expect="refused", article="6")
