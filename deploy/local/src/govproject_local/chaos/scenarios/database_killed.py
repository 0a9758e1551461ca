"""PostgreSQL, with the producer's and the consumer's database, is killed with -9 and restarted."""

from govproject_local.chaos.scenarios.ground import Ground
from govproject_local.chaos.scenarios.scenario import scenario
from govproject_local.chaos.scenarios.waiting import until


@scenario("database-killed")
async def run(ground: Ground) -> str:
    """Kill twice in the middle of traffic."""
    server = await ground.postgres()
    url = await ground.broker_url()
    consumer = await ground.consumer(url, server.create_database("consumer"))
    producer = await ground.producer(url, server.create_database("producer"))
    for _ in range(2):
        await ground.flow(ground.chance.randint(20, 60))
        await ground.supervisor.kill("postgresql")
        await until(lambda: not consumer.ready and not producer.ready, "the workers notice")
        await ground.supervisor.start_again(server.server())
        await until(lambda: consumer.ready and producer.ready, "the workers come back")
    await ground.flow(20)
    books = await ground.settle()
    return (
        f"PostgreSQL was killed with -9 twice while {len(books.committed)} events were on their way"
    )
