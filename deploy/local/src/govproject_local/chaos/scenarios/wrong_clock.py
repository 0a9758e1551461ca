"""The producer's clock is hours ahead, then hours behind, then right again."""

from datetime import datetime

from govproject.clock import system_clock
from govproject.messaging import inbox
from govproject.messaging.heartbeat import AHEAD
from govproject_local.chaos.scenarios.ground import Ground
from govproject_local.chaos.scenarios.orders import CONSUMER, PRODUCER
from govproject_local.chaos.scenarios.scenario import scenario
from govproject_local.chaos.scenarios.waiting import NeverError, until

_WRONG_SECONDS = 5 * 3600
# They take longer to append than the pause between two heartbeats.
_EVENTS = 200
_PAUSE_SECONDS = 0.04


@scenario("wrong-clock")
async def run(ground: Ground) -> str:
    """What vouches for the future is ignored, and knowledge never goes backwards."""
    url = await ground.broker_url()
    await ground.consumer(url, ground.sqlite("consumer"))
    producer = await ground.producer(url, ground.sqlite("producer"), pause_seconds=_PAUSE_SECONDS)
    await until(lambda: _knowledge(ground) is not None, "the consumer knows how old it is")
    for seconds in (_WRONG_SECONDS, -_WRONG_SECONDS, 0):
        before = _knowledge(ground)
        producer.set_clock(seconds)
        await ground.flow(_EVENTS)
        now = _knowledge(ground)
        if before is None or now is None or now < before:
            raise NeverError(f"knowledge goes on, never back from {before} to {now}")
        if now > system_clock() + AHEAD:
            raise NeverError(f"knowledge is of the past, not as of {now}")
    await until(lambda: _knowledge(ground) != before, "a right clock makes knowledge go on")
    books = await ground.settle()
    return (
        "the producer's clock went five hours ahead, and five behind, between"
        f" {len(books.committed)} events"
    )


def _knowledge(ground: Ground) -> datetime | None:
    with ground.database(ground.consumer_url).read() as session:
        return inbox.knowledge(session, CONSUMER)[PRODUCER]
