"""What happens in the demo, in order."""

from collections.abc import Awaitable, Callable

from govproject_local.demo.chapters import (
    accepting,
    approving,
    archiving,
    declaring,
    ending,
    filing,
    granting,
    running,
)
from govproject_local.demo.scene import Scene

CHAPTERS: tuple[Callable[[Scene], Awaitable[None]], ...] = (
    declaring.knowledge_arrives,
    declaring.declaration,
    declaring.everyone_asks_at_once,
    declaring.registration,
    filing.filing,
    approving.approval,
    granting.beyond_the_plan,
    granting.a_department_of_its_own_mind,
    accepting.contract,
    accepting.acceptance,
    archiving.handover,
    running.suspension,
    running.killed,
    running.silence,
    ending.the_end_of_a_system,
    ending.proof,
)


async def play(scene: Scene) -> None:
    """All chapters."""
    for chapter in CHAPTERS:
        await chapter(scene)
