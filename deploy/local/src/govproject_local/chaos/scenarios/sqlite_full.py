"""The disk of the consumer's SQLite file runs full, then that of the producer's; space is made."""

from govproject_local.chaos.scenarios.ground import Ground
from govproject_local.chaos.scenarios.scenario import scenario
from govproject_local.chaos.scenarios.small_disk import run_full

_KIBIBYTES = 16 * 1024


@scenario("sqlite-full")
async def run(ground: Ground) -> str:
    """Each file is on a small file system of its own."""
    url = await ground.broker_url()
    consumer_disk = await ground.small_disk("consumer-disk", _KIBIBYTES)
    producer_disk = await ground.small_disk("producer-disk", _KIBIBYTES)
    consumer = await ground.consumer(url, f"sqlite:///{consumer_disk.place}/consumer.db")
    producer = await ground.producer(url, f"sqlite:///{producer_disk.place}/producer.db")
    for disk, hand in ((consumer_disk, consumer), (producer_disk, producer)):
        await ground.flow(ground.chance.randint(20, 60))
        await run_full(disk, hand)
    await ground.flow(20)
    books = await ground.settle()
    return f"either disk was full for a while; {len(books.committed)} events were committed"
