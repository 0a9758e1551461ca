"""A cluster of three nodes: the one with the leader of the consumer's queue is killed with -9."""

from govproject_local.chaos.scenarios.cluster import NAMES, Cluster
from govproject_local.chaos.scenarios.ground import QUEUE, Ground
from govproject_local.chaos.scenarios.line import Line
from govproject_local.chaos.scenarios.scenario import scenario
from govproject_local.chaos.scenarios.waiting import NeverError, until


@scenario("leader-killed", own_broker=True)
async def run(ground: Ground) -> str:
    """The workers reach the other nodes through a load balancer; the killed one comes back."""
    cluster = Cluster(ground.place / "cluster", ground.supervisor)
    await cluster.start()
    async with Line(list(cluster.ports.values())) as line:
        url = line.url(cluster.any.url())
        consumer = await ground.consumer(url, ground.sqlite("consumer"))
        producer = await ground.producer(url, ground.sqlite("producer"))
        await ground.flow(ground.chance.randint(20, 60))
        victim = await cluster.leader(NAMES[0], QUEUE)
        if victim is None:
            raise NeverError("the queue has a leader")
        asked = next(name for name in NAMES if name != victim)
        await ground.supervisor.kill(victim)
        await ground.flow(40)  # with two nodes of three
        await cluster.start_again(victim)

        async def complete() -> bool:
            return await cluster.online(asked, QUEUE) == len(NAMES)

        await until(complete, "the queue has three members again")
        await until(lambda: consumer.ready and producer.ready, "the workers are well")
        await ground.flow(20)
        ground.stand_on(cluster.nodes[asked])
        books = await ground.settle()
    return (
        "the leader of the queue was killed with -9, and a node of three came back, while"
        f" {len(books.committed)} events were on their way"
    )
