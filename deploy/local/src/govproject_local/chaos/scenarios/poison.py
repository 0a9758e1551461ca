"""Unreadable messages, unknown ones, and events that make the handler fail or its process die."""

from collections import Counter

import aio_pika
from yarl import URL

from govproject.clock import system_clock
from govproject.ids import new_id
from govproject.messaging import operations
from govproject.messaging.envelope import Envelope
from govproject.messaging.operations import ParkedEvent
from govproject.messaging.topology import exchange, routing_key
from govproject_local.chaos.scenarios.ground import Ground
from govproject_local.chaos.scenarios.hand import Hand
from govproject_local.chaos.scenarios.journal import projects
from govproject_local.chaos.scenarios.orders import CONSUMER, DIED, PRODUCER
from govproject_local.chaos.scenarios.scenario import scenario
from govproject_local.chaos.scenarios.waiting import NeverError, until

_PROJECTS = 8
_NUMBER = 3
_WAITING = 100
_PATIENCE = 2

Place = tuple[str, int]
"""A project and a number there; of an unreadable message "" and 0."""


@scenario("poison")
async def run(ground: Ground) -> str:
    """Neighbours go on; the poison is parked with a reason; after a repair all takes effect."""
    url = await ground.broker_url()
    bad, deadly, *healthy = projects(ground.seed, "producer", _PROJECTS)
    consumer = await ground.consumer(
        url,
        ground.sqlite("consumer"),
        raises=[f"{bad} {_NUMBER}"],
        kills=[f"{deadly} {_NUMBER}"],
        patience=_PATIENCE,
    )
    await consumer.stop()
    await ground.producer(url, ground.sqlite("producer"), projects=_PROJECTS, pause_seconds=0.03)
    await ground.until_books(
        lambda books: len(books.committed) - books.unpublished > _WAITING, "many messages wait"
    )
    await consumer.start()  # and so it has them all in its hands when it dies
    hopeless = await _send_strangers(url)
    curable = {(str(bad), _NUMBER), (str(deadly), _NUMBER)}
    deaths = await _revive(ground, consumer, (str(deadly), _NUMBER))
    before = Counter(project for project, _ in (await ground.read()).applied)

    def go_on(applied: Counter[object]) -> bool:
        return all(applied[project] > before[project] for project in healthy)

    await ground.until_books(
        lambda books: go_on(Counter(project for project, _ in books.applied)),
        "the neighbours go on",
    )
    await ground.finish_producing()
    parked = _parked(ground)
    if sorted(map(_place, parked)) != sorted(curable | hopeless):
        raise NeverError(
            f"parked are {sorted(curable | hopeless)}; there are"
            f" {[(_place(one), one.reason) for one in parked]}"
        )
    if silent := [_place(one) for one in parked if not one.reason]:
        raise NeverError(f"{silent} are parked with a reason")
    ids = {_place(one): one.event_id for one in parked}
    (ground.place / "repaired").touch()
    with ground.database(consumer.orders.database).write() as session:
        operations.replay(
            session,
            CONSUMER,
            operations.Selection(ids=tuple(ids[place] for place in curable)),
            operations.Order("chaos", "repaired", system_clock()),
        )
    books = await ground.settle(expected=frozenset(str(ids[place]) for place in hopeless))
    return (
        f"two events of {len(books.committed)} were poison, one of them killed the consumer"
        f" {deaths} times; they were parked, and took effect in order after a repair;"
        f" {len(hopeless)} strange messages stay parked"
    )


async def _send_strangers(url: str) -> set[Place]:
    """Send a message that nobody can read, and one of a type that nobody knows."""
    stranger = str(new_id())
    unknown = Envelope(
        event_id=new_id(),
        source=PRODUCER,
        ce_type=f"govproject.{PRODUCER}.project.unheard_of.v1",
        aggregate_type="project",
        aggregate_id=stranger,
        aggregate_seq=1,
        time=system_clock(),
        body=b"{}",
    )
    async with await aio_pika.connect(url) as connection:
        channel = await connection.channel()
        target = await channel.get_exchange(exchange(PRODUCER))
        for headers, body in (({}, b"\xff not ours"), (unknown.headers(), unknown.body)):
            await target.publish(
                # As the relay does: what comes back as a dead letter is believed by its user.
                aio_pika.Message(body, headers=dict(headers), user_id=URL(url).user),
                routing_key("project.unheard_of", 1, 0),
            )
    return {("", 0), (stranger, 1)}


async def _revive(ground: Ground, consumer: Hand, place: Place) -> int:
    """Start the consumer as often as it dies, until the event that kills it is parked."""
    deaths = 0

    async def over() -> bool:
        nonlocal deaths
        if consumer.exit_code == DIED:
            deaths += 1
            await consumer.start()
        return place in map(_place, _parked(ground))

    await until(over, "the event that kills the consumer is parked")
    await until(lambda: consumer.ready, "the consumer lives")
    return deaths


def _parked(ground: Ground) -> list[ParkedEvent]:
    with ground.database(ground.consumer_url).read() as session:
        return operations.parked(session, CONSUMER, operations.Filter(), limit=_WAITING)[0]


def _place(one: ParkedEvent) -> Place:
    return one.aggregate_id, one.aggregate_seq
