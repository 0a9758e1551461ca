"""Events that come at random, like people's requests do, and what is told about them."""

import asyncio
import json
import random
import time
from collections.abc import Callable, Coroutine, Mapping
from typing import Any
from uuid import UUID

from govproject_local.bench.stage import Settings


async def paced(settings: Settings, send: Callable[[int], Coroutine[Any, Any, None]]) -> None:
    """Call `send` so many times at random moments (Poisson), without waiting for an earlier one."""
    chance = random.Random(settings.seed)  # noqa: S311 - the same moments for every contender
    due = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for index in range(settings.messages):
            due += chance.expovariate(settings.rate)
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            group.create_task(send(index))


def tell_ready() -> None:
    """Say that events may come."""
    print(json.dumps({"ready": True}))


def tell(moments: Mapping[UUID, float]) -> None:
    """Say when each event left, or arrived."""
    print(json.dumps({"moments": {str(event_id): at for event_id, at in moments.items()}}))
