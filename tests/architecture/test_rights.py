"""Nobody forges: what a service's broker user can do to the others, on a real broker."""

import asyncio
import json
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import permutations

import aio_pika
import pytest
from aio_pika.exceptions import ProbableAuthenticationError
from aiormq.exceptions import ChannelAccessRefused, ChannelPreconditionFailed
from yarl import URL

from govproject.contracts import FOLLOWERS
from govproject.messaging.consumer import read
from govproject.messaging.topology import (
    Topology,
    dead_letter_exchange,
    dead_letter_queue,
    exchange,
    followers,
    queue,
)
from govproject_local import definitions
from govproject_local.definitions import topologies
from govproject_local.suite import SERVICES


@pytest.fixture
async def urls(service_urls):
    """Each service has declared its part, with its own rights, and all at once."""

    async def declare(topology: Topology):
        async with channel_of(service_urls[topology.service]) as channel:
            await topology.declare_exchanges(channel)
            await topology.declare(channel)

    async with asyncio.timeout(60):
        await asyncio.gather(*(declare(each) for each in topologies()))
    return service_urls


@asynccontextmanager
async def channel_of(url):
    async with await aio_pika.connect(url) as connection:
        holder = connection.channel(publisher_confirms=True, on_return_raises=True)
        await holder.initialize()
        yield await holder.get_underlay_channel()


async def answer(channel, attempt):
    """How the broker ended the channel over an attempt; None if it let it pass."""
    done = await asyncio.gather(attempt, return_exceptions=True)
    if not isinstance(done[0], BaseException):
        return None
    async with asyncio.timeout(60):
        [end] = await asyncio.gather(asyncio.shield(channel.closing), return_exceptions=True)
    return type(end)


def attempts(own, other):
    """What a service may try on another, by name."""
    ours, theirs = exchange(own), exchange(other)
    target, dead = queue(other, 0), dead_letter_queue(other)

    def publish(name, key):
        return lambda channel: channel.basic_publish(
            b"{}", exchange=name, routing_key=key, timeout=60
        )

    async def consume(channel, name):
        async def ignore(_):
            """Nothing arrives."""

        await channel.basic_consume(name, ignore)

    return {
        "publish": publish(theirs, "filing.accepted.v1.0"),
        "publish to its followers": publish(followers(other), own),
        "publish a dead letter": publish(dead_letter_exchange(other), other),
        "publish past the bindings": publish("", target),
        "publish past the bindings of the dead": publish("", dead),
        "read": lambda channel: consume(channel, target),
        "read the dead": lambda channel: consume(channel, dead),
        "get": lambda channel: channel.basic_get(target),
        "purge": lambda channel: channel.queue_purge(target),
        "delete": lambda channel: channel.queue_delete(target),
        "bind": lambda channel: channel.queue_bind(target, ours, "#"),
        "unbind": lambda channel: channel.queue_unbind(target, ours, "#"),
        "declare its queue": lambda channel: channel.queue_declare(target, durable=True),
        "declare a queue in its name": lambda channel: channel.queue_declare(queue(other, 9)),
        "declare its exchange": lambda channel: channel.exchange_declare(
            theirs, exchange_type="topic", durable=True
        ),
        "delete its exchange": lambda channel: channel.exchange_delete(theirs),
        "write by exchange binding": lambda channel: channel.exchange_bind(theirs, ours, "#"),
        "write by dead-lettering": lambda channel: channel.queue_declare(
            queue(own, 9), arguments={"x-dead-letter-exchange": theirs}
        ),
        "write by alternate exchange": lambda channel: channel.exchange_declare(
            f"{ours}.sly", arguments={"alternate-exchange": theirs}
        ),
        "listen to its dead letters": lambda channel: channel.queue_bind(
            queue(own, 0), dead_letter_exchange(other), other
        ),
    }


async def test_nothing_of_another_can_be_touched(broker, urls):
    async with AsyncExitStack() as stack:
        connections = {
            name: await stack.enter_async_context(await aio_pika.connect(url))
            for name, url in urls.items()
        }
        for own, other in permutations(SERVICES, 2):
            for name, attempt in attempts(own, other).items():
                holder = connections[own].channel(publisher_confirms=True)
                await holder.initialize()
                channel = await holder.get_underlay_channel()
                refused = await answer(channel, attempt(channel)) is ChannelAccessRefused
                assert refused, f"{own} could {name} of {other}"

    vhost = urls["intake"].rpartition("/")[2]
    async with await aio_pika.connect(broker.url(vhost)) as connection:
        channel = await connection.channel()
        for each in SERVICES:
            for name in (queue(each, 0), dead_letter_queue(each)):
                declared = await channel.declare_queue(name, passive=True)
                assert declared.declaration_result.message_count == 0


async def test_only_followers_may_listen(urls):
    for own, other in permutations(SERVICES, 2):
        async with channel_of(urls[own]) as channel:
            bind = channel.queue_bind(queue(own, 0), exchange(other), "*.*.*.0")
            expected = None if own in FOLLOWERS[other] else ChannelAccessRefused
            assert await answer(channel, bind) is expected, (own, other)


async def test_nobody_publishes_as_another_user(urls):
    async with channel_of(urls["review"]) as channel:
        properties = aio_pika.Message(b"{}", user_id="intake").properties
        publish = channel.basic_publish(
            b"{}",
            exchange=exchange("review"),
            routing_key="opinion.given.v1.0",
            properties=properties,
            timeout=60,
        )
        assert await answer(channel, publish) is ChannelPreconditionFailed
    async with channel_of(urls["intake"]) as channel:
        declared = await channel.queue_declare(queue("intake", 0), passive=True)
        assert declared.message_count == 0


async def test_definitions_let_the_services_in_and_are_what_they_declare(broker, service_urls):
    vhost = service_urls["intake"].rpartition("/")[2]
    broker.prepare(vhost)

    for topology in topologies():
        async with channel_of(service_urls[topology.service]) as channel:
            await topology.declare_exchanges(channel)
            await topology.declare(channel)


async def test_a_prepared_history_does_not_make_a_dead_letter_another_ones(urls):
    """The broker itself brings it back as a dead letter, in the words of whoever wrote it."""
    history = {
        "exchange": exchange("intake"),
        "queue": queue("archive", 0),
        "reason": "expired",
        "count": 1,
        "routing-keys": ["filing.accepted.v1.0"],
    }
    async with channel_of(urls["review"]) as channel:
        for user in (None, "review"):
            properties = aio_pika.Message(
                b"{}", headers={"x-death": [history]}, expiration=0.001, user_id=user
            ).properties
            await channel.basic_publish(
                b"{}",
                exchange=exchange("review"),
                routing_key="opinion.given.v1.0",
                properties=properties,
                timeout=60,
            )
    arrived = asyncio.Queue()
    async with channel_of(urls["archive"]) as channel:
        await channel.basic_consume(dead_letter_queue("archive"), arrived.put)
        async with asyncio.timeout(60):
            letters = [await arrived.get() for _ in range(2)]
    for letter in letters:
        assert letter.exchange == dead_letter_exchange("archive")
        assert read(letter, "archive", "archive").source != "intake"


async def test_without_a_password_of_its_own_a_user_cannot_log_in(broker):
    """As the definitions are checked in: the users wait for an operator's passwords."""
    users = json.loads(definitions.page())["users"]
    assert {user["name"]: user["password_hash"] for user in users} == dict.fromkeys(SERVICES, "")

    broker.import_definitions({"users": [users[0] | {"name": "unset"}]})
    address = URL(broker.url()).with_user("unset")
    for password in ("", "unset"):
        with pytest.raises(ProbableAuthenticationError):
            await aio_pika.connect(address.with_password(password))
