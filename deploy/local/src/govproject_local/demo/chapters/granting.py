"""What the gate refuses although a project is approved."""

from govproject_local.demo.scene import Scene


async def beyond_the_plan(scene: Scene) -> None:
    """More than the approved plan: Article 7."""
    scene.tell.chapter(
        "More than was reviewed (Art 7)",
        "A request beyond the approved resource plan was never reviewed.",
    )
    project = scene.full(0)
    answer = await scene.ask(project, machines=9)
    scene.expect(answer, "refused", "7")
    scene.tell.table([scene.answered(project, answer)])


async def a_department_of_its_own_mind(scene: Scene) -> None:
    """A plugin's rule refuses with its own citation."""
    scene.tell.chapter(
        "A department's own rule",
        "One file in the plugins folder adds a refusal with the department's own citation;"
        " it cannot take one away.",
    )
    project = scene.full(1)
    answer = await scene.ask(project, machines=1, public_ips=6)
    scene.expect(answer, "refused", "2")
    scene.tell.table([scene.answered(project, answer)])
