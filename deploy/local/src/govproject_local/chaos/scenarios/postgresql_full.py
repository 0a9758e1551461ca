"""The disk under the producer's and the consumer's PostgreSQL database runs full; space is made."""

import os

import psycopg
from sqlalchemy import make_url

from govproject_local.chaos.scenarios.ground import Ground
from govproject_local.chaos.scenarios.scenario import scenario
from govproject_local.chaos.scenarios.small_disk import run_full
from govproject_local.postgres import UNPRIVILEGED

_KIBIBYTES = 48 * 1024


@scenario("postgresql-full")
async def run(ground: Ground) -> str:
    """Both databases are in a tablespace on a small file system."""
    disk = await ground.small_disk("disk", _KIBIBYTES)
    space = disk.place / "tablespace"
    space.mkdir()
    if os.geteuid() == 0:
        os.chown(space, UNPRIVILEGED, UNPRIVILEGED)
    server = await ground.postgres()
    administrator = make_url(server.url()).set(drivername="postgresql")
    with psycopg.connect(str(administrator), autocommit=True) as connection:
        connection.execute(f"CREATE TABLESPACE small LOCATION '{space}'")
        for name in ("consumer", "producer"):
            connection.execute(f"CREATE DATABASE {name} TABLESPACE small")
    url = await ground.broker_url()
    consumer = await ground.consumer(url, server.url("consumer"))
    producer = await ground.producer(url, server.url("producer"))
    await ground.flow(ground.chance.randint(20, 60))
    await run_full(disk, consumer, producer)
    await ground.flow(20)
    books = await ground.settle()
    return f"the disk was full for a while; {len(books.committed)} events were committed"
