"""The broker is killed with -9 in the middle of traffic, and later stopped in order."""

from govproject_local.chaos.scenarios.ground import Ground
from govproject_local.chaos.scenarios.scenario import scenario
from govproject_local.chaos.scenarios.waiting import until


@scenario("broker-killed", own_broker=True)
async def run(ground: Ground) -> str:
    """Kill, start, stop, start; the same broker data all along."""
    url = await ground.own_broker()
    consumer = await ground.consumer(url, ground.sqlite("consumer"))
    producer = await ground.producer(url, ground.sqlite("producer"))
    for end in (ground.supervisor.kill, ground.supervisor.stop):
        await ground.flow(ground.chance.randint(20, 60))
        await end("broker")
        await until(lambda: not (consumer.ready or producer.ready), "the workers notice")
        await ground.supervisor.start_again(ground.broker.node())
        await until(lambda: consumer.ready and producer.ready, "the workers come back")
    await ground.flow(20)
    books = await ground.settle()
    return (
        f"the broker was killed with -9 and stopped in order while {len(books.committed)} events"
        " were on their way"
    )
