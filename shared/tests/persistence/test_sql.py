import time

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, select

from govproject.persistence.sql import database_seconds, insert

METADATA = MetaData()
COUNTER = Table("counter", METADATA, Column("id", Integer, primary_key=True), Column("n", Integer))


def test_the_databases_clock_counts_from_1970(db):
    with db.read() as session:
        seconds = session.execute(select(database_seconds())).scalar_one()

    assert float(seconds) == pytest.approx(time.time(), abs=60)


def test_an_insert_may_become_an_update(db):
    with db.write() as session:
        METADATA.create_all(session.connection())
        results = [
            session.execute(
                insert(session, COUNTER)
                .values(id=1, n=1)
                .on_conflict_do_update(index_elements=["id"], set_={"n": COUNTER.c.n + 1})
                .returning(COUNTER.c.n)
            ).scalar_one()
            for _ in range(3)
        ]

    assert results == [1, 2, 3]
