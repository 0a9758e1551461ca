"""A relay hangs for longer than its lease, another takes over, and the first goes on."""

from collections.abc import Mapping

from sqlalchemy import func, select

from govproject.persistence.tables import RelayMember, core
from govproject_local.chaos.scenarios.ground import Ground
from govproject_local.chaos.scenarios.scenario import scenario
from govproject_local.chaos.scenarios.stillness import pause_between_transactions
from govproject_local.chaos.scenarios.waiting import until

_MEMBER = core(RelayMember)


@scenario("relay-paused")
async def run(ground: Ground) -> str:
    """Two producers on one PostgreSQL database, and two on one SQLite file, at the same time."""
    server = await ground.postgres()
    url = await ground.broker_url()
    await ground.consumer(url, server.create_database("consumer"))
    databases = {"postgresql": server.create_database("producer"), "sqlite": ground.sqlite("one")}
    first = [
        await ground.producer(url, database, f"first on {kind}")
        for kind, database in databases.items()
    ]
    for kind, database in databases.items():
        await ground.producer(url, database, f"second on {kind}")
    await ground.flow(ground.chance.randint(20, 60))
    for hand in first:
        await pause_between_transactions(hand)
    await until(lambda: _relays(ground, databases) == {1}, "the other relays take over")
    await ground.flow(40)
    for hand in first:
        hand.resume()
    await until(lambda: _relays(ground, databases) == {2}, "the relays share again")
    await ground.flow(20)
    books = await ground.settle()
    return (
        "two relays hung beyond their lease, others took over, and they went on, while"
        f" {len(books.committed)} events were on their way"
    )


def _relays(ground: Ground, databases: Mapping[str, str]) -> set[int]:
    """How many relays work on a database, of each."""
    counts = set()
    for database in databases.values():
        with ground.database(database).read() as session:
            counts.add(session.execute(select(func.count()).select_from(_MEMBER)).scalar_one())
    return counts
