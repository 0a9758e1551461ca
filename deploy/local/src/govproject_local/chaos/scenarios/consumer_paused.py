"""A consumer hangs with messages in its hands, its replica takes over, and it goes on."""

from govproject_local.chaos.scenarios.ground import Ground
from govproject_local.chaos.scenarios.scenario import scenario
from govproject_local.chaos.scenarios.stillness import pause_between_transactions
from govproject_local.chaos.scenarios.waiting import until

HEARTBEAT_SECONDS = 2


@scenario("consumer-paused")
async def run(ground: Ground) -> str:
    """Two consumers on one PostgreSQL database; the broker gives messages to one of them."""
    server = await ground.postgres()
    url = await ground.broker_url()
    beating = f"{url}?heartbeat={HEARTBEAT_SECONDS}"
    database = server.create_database("consumer")
    active = await ground.consumer(beating, database)
    await ground.consumer(beating, database, "replica")
    await ground.producer(url, ground.sqlite("producer"))
    await ground.flow(ground.chance.randint(40, 80))
    await pause_between_transactions(active)
    await ground.flow(60)  # by the replica
    active.complaints.clear()
    active.resume()
    await until(lambda: bool(active.complaints), "the consumer notices that it is not connected")
    await until(lambda: active.ready, "the consumer is back")
    await ground.flow(20)
    books = await ground.settle()
    return (
        "the active consumer hung until its replica had taken over, and went on, while"
        f" {len(books.committed)} events were on their way"
    )
