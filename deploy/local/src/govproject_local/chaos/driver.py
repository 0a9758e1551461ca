"""Keeps many projects going at once until the run has what it needs."""

import asyncio
from contextlib import suppress
from datetime import date
from itertools import count

from govproject_local.chaos.caller import Caller, CommandError, EnoughError
from govproject_local.chaos.script import Life


async def drive(caller: Caller, *, projects: int, today: date, most_failures: int) -> list[str]:
    """Play lives, so many at a time, each followed by another, until it is enough.

    Args:
        caller: gives the commands.
        projects: how many lives at a time.
        today: the day on which everything happens.
        most_failures: after so many failed commands no new life is begun.

    Returns:
        What went wrong with commands that had to succeed; their projects were given up.
    """
    numbers = count(1)
    failures: list[str] = []

    async def one_after_another() -> None:
        with suppress(EnoughError):
            while len(failures) < most_failures:
                try:
                    await Life(caller, next(numbers), today).play()
                except CommandError as error:
                    failures.append(str(error))

    async with asyncio.TaskGroup() as group:
        for _ in range(projects):
            group.create_task(one_after_another())
    return failures
