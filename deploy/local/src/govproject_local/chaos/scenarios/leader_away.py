"""A cluster of three nodes: the one with the leader of the consumer's queue is away for a while."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from govproject_local.chaos.scenarios.cluster import NAMES, Cluster
from govproject_local.chaos.scenarios.ground import QUEUE, Ground
from govproject_local.chaos.scenarios.line import Line
from govproject_local.chaos.scenarios.scenario import scenario
from govproject_local.chaos.scenarios.waiting import NeverError, until

Away = Callable[[Cluster, str, str], AbstractAsyncContextManager[None]]
"""Takes a node from the cluster, and gives it back; another one can be asked what it sees."""


@scenario("leader-killed", own_broker=True)
async def killed(ground: Ground) -> str:
    """It is killed with -9, and started again."""

    @asynccontextmanager
    async def away(cluster: Cluster, node: str, _: str) -> AsyncIterator[None]:
        await ground.supervisor.kill(node)
        yield
        await cluster.start_again(node)

    return (
        "the leader of the queue was killed with -9, and a node of three came back, while"
        f" {await _play(ground, away)} events were on their way"
    )


@scenario("partitioned", own_broker=True)
async def cut_off(ground: Ground) -> str:
    """It loses sight of the others and pauses itself, until it sees them again."""

    @asynccontextmanager
    async def away(cluster: Cluster, node: str, other: str) -> AsyncIterator[None]:
        async def alone() -> bool:
            return await cluster.running(other) == len(NAMES) - 1

        await cluster.cut_off(node)
        await until(alone, "the majority misses a node")
        yield
        await cluster.heal(node)

    return (
        "the node with the leader of the queue was cut off and came back while"
        f" {await _play(ground, away)} events were on their way"
    )


async def _play(ground: Ground, away: Away) -> int:
    """The workers reach the nodes through a load balancer; returns how many events there were."""
    cluster = Cluster(ground.place / "cluster", ground.supervisor)
    await cluster.start()
    async with Line(list(cluster.ports.values())) as line:
        url = line.url(cluster.any.url())
        consumer = await ground.consumer(url, ground.sqlite("consumer"))
        producer = await ground.producer(url, ground.sqlite("producer"))
        await ground.flow(ground.chance.randint(20, 60))
        leader = await cluster.leader(NAMES[0], QUEUE)
        if leader is None:
            raise NeverError("the queue has a leader")
        asked = next(name for name in NAMES if name != leader)
        async with away(cluster, leader, asked):
            await ground.flow(40)  # with two nodes of three

        async def complete() -> bool:
            return await cluster.online(asked, QUEUE) == len(NAMES)

        await until(complete, "the queue has three members again")
        await until(lambda: consumer.ready and producer.ready, "the workers are well")
        await ground.flow(20)
        ground.stand_on(cluster.nodes[asked])
        books = await ground.settle()
    return len(books.committed)
