import asyncio
import threading

import pytest

from govproject.messaging.threads import in_thread, wait_for


async def test_work_is_done_in_another_thread():
    assert await in_thread(threading.get_ident) != threading.get_ident()


async def test_its_error_is_the_callers():
    def work():
        raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        await in_thread(work)


async def test_a_cancelled_caller_does_not_leave_before_the_work_has_ended():
    begun, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    def work():
        begun.set()
        may_end.wait(30)
        ended.set()

    caller = asyncio.create_task(in_thread(work))
    await asyncio.to_thread(begun.wait)
    caller.cancel()
    await asyncio.sleep(0)
    assert not caller.done()
    may_end.set()

    with pytest.raises(asyncio.CancelledError):
        await caller
    assert ended.is_set()


async def test_waiting_ends_with_the_event_or_the_time():
    event = asyncio.Event()
    assert not await wait_for(event, 0.001)

    event.set()
    assert await wait_for(event, 30)
