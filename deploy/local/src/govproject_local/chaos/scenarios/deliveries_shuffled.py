"""Every message reaches the consumer twice, out of order and late."""

from govproject_local.chaos.scenarios.ground import Ground
from govproject_local.chaos.scenarios.scenario import scenario
from govproject_local.chaos.scenarios.tap import Tap

TWICE = 2


@scenario("deliveries-shuffled")
async def run(ground: Ground) -> str:
    """A tap between the producer's exchange and the consumer's queue does it."""
    url = await ground.broker_url()
    await ground.consumer(url, ground.sqlite("consumer"))
    async with Tap(url, ground.chance) as tap:
        await ground.producer(url, ground.sqlite("producer"), pause_seconds=0.01)
        await ground.flow(150)
        await ground.finish_producing()
        await tap.finish()
        books = await ground.settle()
    return (
        f"{tap.sent} deliveries of {len(books.committed)} events and some heartbeats, shuffled,"
        " each sent twice"
    )
