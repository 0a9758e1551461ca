import asyncio

import pytest
from aio_pika.exceptions import ChannelNotFoundEntity

from govproject.messaging.connection import BrokenChannelError, check, open_channel


async def test_an_open_channel_passes_the_check(suite):
    async with open_channel(suite.amqp_url, "test", wake=asyncio.Event()) as channel:
        check(channel)


async def test_a_lost_connection_wakes_and_fails_the_check(line):
    wake = asyncio.Event()
    async with open_channel(line.url, "test", wake=wake) as channel:
        line.disturb()
        async with asyncio.timeout(30):
            await wake.wait()

        with pytest.raises(BrokenChannelError):
            check(channel)


async def test_the_check_tells_what_the_broker_said(suite):
    wake = asyncio.Event()
    async with open_channel(suite.amqp_url, "test", wake=wake) as channel:
        with pytest.raises(ChannelNotFoundEntity):
            await channel.queue_declare("nothing", passive=True)
        async with asyncio.timeout(30):
            await wake.wait()

        with pytest.raises(BrokenChannelError, match="no queue 'nothing'"):
            check(channel)


async def test_an_absent_broker_is_an_error_at_once(line):
    await line.cut()

    with pytest.raises(OSError, match="Connect call failed"):
        async with open_channel(line.url, "test", wake=asyncio.Event()):
            pass
