"""Carries a schedule of deaths out while work flows, and keeps what became of each."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from govproject.messaging import leases
from govproject_local.chaos import faults
from govproject_local.chaos.keeper import Keeper
from govproject_local.chaos.schedule import AT_ONCE, SUSPENDED, Kill

# Longer than a lease: another relay could have taken the slots over.
_SUSPENDED_SECONDS = leases.SECONDS + 2
_WINDOW_SECONDS = 30.0
_AT_THE_SAME_TIME = 3
_POLL_SECONDS = 0.05


@dataclass(slots=True)
class Toll:
    """What was killed, and how."""

    by_target: Counter[str] = field(default_factory=Counter)
    by_manner: Counter[str] = field(default_factory=Counter)
    """By window, `at once` or `suspended`; a window that was not passed in time is `at once`."""

    @property
    def total(self) -> int:
        """How many deaths, pauses included."""
        return self.by_target.total()


class Killer:
    """Kills what its schedule says when the work has got so far.

    Args:
        keepers: of everything that can be killed, by name; they start it again.
        orders: the directory of the services' orders to die.
        progress: which share of the transactions is acknowledged, 0 to 1 and more.
        on_kill: is told after each.
    """

    def __init__(
        self,
        keepers: Mapping[str, Keeper],
        orders: Path,
        progress: Callable[[], float],
        on_kill: Callable[[Kill, Toll], None],
    ) -> None:
        self.toll = Toll()
        self._keepers = keepers
        self._orders = orders
        self._progress = progress
        self._on_kill = on_kill
        self._one_at_a_time = {name: asyncio.Lock() for name in keepers}
        self._few = asyncio.Semaphore(_AT_THE_SAME_TIME)

    async def work(self, schedule: Sequence[Kill]) -> None:
        """Carry the whole schedule out; several targets may be down at once, none twice over."""
        async with asyncio.TaskGroup() as group:
            for kill in schedule:
                while self._progress() < kill.at:  # noqa: ASYNC110  # counted by the caller
                    await asyncio.sleep(_POLL_SECONDS)
                await self._few.acquire()
                group.create_task(self._carry_out(kill)).add_done_callback(
                    lambda _: self._few.release()
                )

    async def _carry_out(self, kill: Kill) -> None:
        keeper = self._keepers[kill.target]
        async with self._one_at_a_time[kill.target]:
            await keeper.until_up()
            manner = kill.manner
            if kill.manner == SUSPENDED:
                await keeper.suspend(_SUSPENDED_SECONDS)
            elif kill.window is None or not await self._in_window(keeper, kill):
                manner = AT_ONCE
                await keeper.kill()
            self.toll.by_target[kill.target] += 1
            self.toll.by_manner[manner] += 1
            self._on_kill(kill, self.toll)
            await keeper.until_up()

    async def _in_window(self, keeper: Keeper, kill: Kill) -> bool:
        """Have it die by itself; False when it did not pass the window in time."""
        assert kill.window is not None  # noqa: S101  # asked before
        order = self._orders / kill.target
        ended = asyncio.create_task(keeper.until_ended())
        try:
            faults.arm(order, kill.window, kill.nth)
            await asyncio.wait({ended}, timeout=_WINDOW_SECONDS)
            faults.disarm(order)
            if not faults.carried_out(order):
                return False
            await ended
        finally:
            ended.cancel()
        return True
