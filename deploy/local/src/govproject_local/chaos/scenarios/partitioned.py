"""A cluster of three nodes: the one with the leader of the consumer's queue is cut off a while."""

from govproject_local.chaos.scenarios.cluster import NAMES, Cluster
from govproject_local.chaos.scenarios.ground import QUEUE, Ground
from govproject_local.chaos.scenarios.line import Line
from govproject_local.chaos.scenarios.scenario import scenario
from govproject_local.chaos.scenarios.waiting import NeverError, until


@scenario("partitioned", own_broker=True)
async def run(ground: Ground) -> str:
    """The workers are connected to the node that is cut off, which pauses itself."""
    cluster = Cluster(ground.place / "cluster", ground.supervisor)
    await cluster.start()
    async with Line(list(cluster.ports.values())) as line:
        url = line.url(cluster.any.url())
        consumer = await ground.consumer(url, ground.sqlite("consumer"))
        producer = await ground.producer(url, ground.sqlite("producer"))
        await ground.flow(ground.chance.randint(20, 60))
        minority = await cluster.leader(NAMES[0], QUEUE)
        if minority is None:
            raise NeverError("the queue has a leader")
        asked = next(name for name in NAMES if name != minority)
        await cluster.cut_off(minority)

        async def alone() -> bool:
            return await cluster.running(asked) == len(NAMES) - 1

        await until(alone, "the majority misses a node")
        await ground.flow(40)  # with the majority
        await cluster.heal(minority)

        async def complete() -> bool:
            return await cluster.online(asked, QUEUE) == len(NAMES)

        await until(complete, "the queue has three members again")
        await until(lambda: consumer.ready and producer.ready, "the workers are well")
        await ground.flow(20)
        ground.stand_on(cluster.nodes[asked])
        books = await ground.settle()
    return (
        "the node with the leader of the queue was cut off and came back while"
        f" {len(books.committed)} events were on their way"
    )
