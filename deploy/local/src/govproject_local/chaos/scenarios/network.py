"""The network between the workers and the broker is cut, and then swallows everything."""

from yarl import URL

from govproject_local.chaos.scenarios.ground import Ground
from govproject_local.chaos.scenarios.line import Line
from govproject_local.chaos.scenarios.scenario import scenario
from govproject_local.chaos.scenarios.waiting import until

_HEARTBEAT_SECONDS = 2


@scenario("network")
async def run(ground: Ground) -> str:
    """Connections that end, and connections that stay open and are dead."""
    broker_url = await ground.broker_url()
    port = URL(broker_url).port
    assert port is not None  # noqa: S101  # a private node's address has one
    async with Line([port]) as line:
        url = line.url(broker_url, heartbeat=_HEARTBEAT_SECONDS)
        consumer = await ground.consumer(url, ground.sqlite("consumer"))
        producer = await ground.producer(url, ground.sqlite("producer"))
        for harm, mend in ((line.cut, line.mend), (line.freeze, line.thaw)):
            await ground.flow(ground.chance.randint(20, 60))
            harm()
            await until(lambda: not (consumer.ready or producer.ready), "the workers notice")
            await mend()
            await until(lambda: consumer.ready and producer.ready, "the workers come back")
        await ground.flow(20)
        books = await ground.settle()
    return (
        "connections were cut without a word, and then went dead while open, while"
        f" {len(books.committed)} events were on their way"
    )
