import asyncio
import random

import pytest

from govproject.messaging.supervise import Supervised

WITHIN = 30


class Worker:
    """Fails as often as told, then works until it is stopped."""

    def __init__(self, *failures: BaseException) -> None:
        self.failures = list(failures)
        self.sessions = 0
        self.stopped = asyncio.Event()
        self.ended: str | None = None

    async def session(self, ready):
        self.sessions += 1
        if self.failures:
            raise self.failures.pop(0)
        ready()
        try:
            await self.stopped.wait()
        except asyncio.CancelledError:
            self.ended = "cancelled"
            raise
        self.ended = "orderly"

    def stop(self):
        self.stopped.set()


class Stubborn(Worker):
    def stop(self):
        pass


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr("govproject.messaging.supervise._FIRST_PAUSE", 0.001)


async def test_a_worker_is_unwell_until_it_is_ready(until):
    supervised = Supervised("worker", Worker())
    assert supervised.reason == "starting"

    supervised.start()
    await until(lambda: supervised.reason is None)

    await supervised.stop(WITHIN)
    assert supervised.reason == "stopped"


async def test_pauses_leave_the_process_s_random_numbers_alone(until):
    worker = Worker(OSError("no route"))
    supervised = Supervised("worker", worker)
    before = random.getstate()

    supervised.start()
    await until(lambda: worker.sessions == 2)

    assert random.getstate() == before
    await supervised.stop(WITHIN)


async def test_a_failing_worker_is_started_again(until, caplog):
    worker = Worker(OSError("no route"), RuntimeError("a bug"), OSError("no route"))
    supervised = Supervised("worker", worker)

    supervised.start()
    await until(lambda: supervised.reason is None)
    await supervised.stop(WITHIN)

    assert worker.sessions == 4
    assert "worker: OSError: no route; trying again" in caplog.text
    # An absent broker is told in a line; a bug with everything there is.
    assert caplog.text.count("Traceback") == 1


async def test_a_cancellation_that_nobody_asked_for_does_not_end_the_worker(until):
    """aiormq cancels whatever waits for a connection that is lost."""
    worker = Worker(asyncio.CancelledError(), asyncio.CancelledError())
    supervised = Supervised("worker", worker)

    supervised.start()
    await until(lambda: supervised.reason is None)
    await supervised.stop(WITHIN)

    assert worker.sessions == 3


async def test_the_reason_is_one_sentence(until):
    worker = Worker(*[RuntimeError("first\nsecond")] * 10_000)
    supervised = Supervised("worker", worker)

    supervised.start()
    await until(lambda: supervised.reason != "starting")

    assert supervised.reason == "RuntimeError: first"
    await supervised.stop(WITHIN)


async def test_a_working_worker_ends_in_an_orderly_way(until):
    worker = Worker()
    supervised = Supervised("worker", worker)
    supervised.start()
    await until(lambda: supervised.reason is None)

    await supervised.stop(WITHIN)

    assert worker.ended == "orderly"


async def test_a_stubborn_worker_is_cancelled(until):
    worker = Stubborn()
    supervised = Supervised("worker", worker)
    supervised.start()
    await until(lambda: supervised.reason is None)

    await supervised.stop(0.01)

    assert worker.ended == "cancelled"


async def test_stopping_twice_or_before_the_start_is_harmless():
    supervised = Supervised("worker", Worker())
    await supervised.stop(WITHIN)
    supervised = Supervised("worker", Worker())
    supervised.start()
    await supervised.stop(WITHIN)
    await supervised.stop(WITHIN)
