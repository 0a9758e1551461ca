"""One run: work flows, everything is killed as the seed says, and then it is all counted."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from govproject.clock import SHANGHAI
from govproject.errors import PrerequisiteError
from govproject_local.chaos import evidence, schedule
from govproject_local.chaos.caller import Caller
from govproject_local.chaos.driver import drive
from govproject_local.chaos.evidence import Evidence
from govproject_local.chaos.keeper import NotUpError
from govproject_local.chaos.killer import Killer, Toll
from govproject_local.chaos.mutants import MUTANTS
from govproject_local.chaos.outcome import Asked, Outcome
from govproject_local.chaos.quiet import until_quiet
from govproject_local.chaos.scenarios import run_all
from govproject_local.chaos.schedule import Kill
from govproject_local.chaos.stage import Stage, set_up
from govproject_local.chaos.verdict import judge

_PROJECTS = 16
_EVERY = 5.0


@dataclass(frozen=True, slots=True)
class _Patience:
    """How long to wait for what may never come, in seconds, and how much may fail."""

    news: float
    rest: float
    failures: int


# Back-off of a relay is up to a minute, of a retry half of that.
_THOROUGH = _Patience(news=300, rest=90, failures=50)
# A run that shall fail waits for what is lost.
_PLANTED = _Patience(news=2, rest=8, failures=10_000)


async def run(asked: Asked, say: Callable[[str], None]) -> Outcome:
    """Do one run in a directory of its own, kept if something was found that nobody planted.

    Args:
        asked: what to do.
        say: gets a sentence of progress now and then.

    Raises:
        PrerequisiteError: RabbitMQ or PostgreSQL cannot be had.
        NotUpError: the suite did not start; its data is kept.
    """
    directory = Path(tempfile.mkdtemp(prefix="govproject-chaos-"))
    keep = True
    try:
        outcome = await _run(asked, directory, say)
        if asked.scenarios:
            say("playing the named failures (several minutes) …")
            played = await run_all(directory / "scenarios", asked.seed)
            outcome = replace(outcome, scenarios=tuple(played))
        keep = not outcome.held and asked.mutant is None
    except (asyncio.CancelledError, PrerequisiteError):
        keep = False
        raise
    finally:
        if keep:
            say(f"databases and logs are kept in {directory}")
        else:
            shutil.rmtree(directory, ignore_errors=True)
    return outcome


async def _run(asked: Asked, directory: Path, say: Callable[[str], None]) -> Outcome:
    async with set_up(
        directory,
        postgresql=asked.database == "postgresql",
        mutant=asked.mutant,
        progress=say,
    ) as stage:
        began = time.monotonic()
        caller, toll, failures = await _work(stage, asked, say)
        say(f"{len(caller.transactions)} transactions, {toll.total} kills; coming to rest …")
        if not await until_quiet(stage, say, stuck_after=_patience(asked).rest):
            failures.append("the suite did not come to rest: see what is lost and kept")
        seconds = time.monotonic() - began
        services = {name: await _read(url) for name, url in stage.databases.items()}
    return Outcome(
        asked=asked,
        toll=toll,
        transactions=len(caller.transactions),
        repeated=caller.repeated,
        events=sum(len(each.outbox) for each in services.values()),
        effects=sum(len(each.journal) for each in services.values()),
        findings=judge(caller.transactions, services),
        failures=failures,
        seconds=seconds,
    )


async def _work(
    stage: Stage, asked: Asked, say: Callable[[str], None]
) -> tuple[Caller, Toll, list[str]]:
    mutant = MUTANTS[asked.mutant] if asked.mutant else None
    killed = asyncio.Event()

    def enough(acknowledged: int) -> bool:
        return acknowledged >= asked.transactions and killed.is_set()

    patience = _patience(asked)
    async with Caller(stage.url, stage.token, enough, patience.news) as caller:
        killer = Killer(
            stage.keepers,
            stage.orders,
            lambda: len(caller.transactions) / asked.transactions,
            _Progress(say, lambda: len(caller.transactions)),
        )
        deaths = schedule.plan(
            asked.seed, asked.kills, postgresql=asked.database == "postgresql", mutant=mutant
        )

        async def kill() -> list[str]:
            failures: list[str] = []
            try:
                await killer.work(deaths)
            except* NotUpError as group:
                failures += [str(error) for error in group.exceptions]
            finally:
                killed.set()
            return failures

        async with asyncio.TaskGroup() as group:
            killing = group.create_task(kill())
            failures = await drive(
                caller,
                projects=_PROJECTS,
                today=datetime.now(SHANGHAI).date(),
                most_failures=patience.failures,
            )
            # Ended before its time, it would never come to the next kill.
            killing.cancel()
        return caller, killer.toll, failures + ([] if killing.cancelled() else killing.result())


def _patience(asked: Asked) -> _Patience:
    return _THOROUGH if asked.mutant is None else _PLANTED


async def _read(url: str) -> Evidence:
    return await asyncio.to_thread(evidence.read, url)


class _Progress:
    """A sentence every few seconds."""

    def __init__(self, say: Callable[[str], None], transactions: Callable[[], int]) -> None:
        self._say = say
        self._transactions = transactions
        self._next = 0.0

    def __call__(self, kill: Kill, toll: Toll) -> None:
        if (now := time.monotonic()) > self._next:
            self._next = now + _EVERY
            self._say(
                f"{self._transactions()} transactions, {toll.total} kills"
                f" (last {kill.target}: {kill.manner})"
            )
