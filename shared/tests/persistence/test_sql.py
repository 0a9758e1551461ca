import time
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, Uuid, bindparam, select

from govproject.clock import SHANGHAI
from govproject.persistence.sql import Prepared, among, database_seconds, insert, insert_on
from govproject.persistence.types import UtcDateTime

METADATA = MetaData()
NOTE = Table(
    "note",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("title", String),
    Column("at", UtcDateTime),
)
NOON = datetime(2026, 8, 3, 12, tzinfo=SHANGHAI)
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


def test_rows_written_by_the_driver_read_back_the_same(db):
    ids = [UUID(int=number) for number in range(3)]
    with db.write() as session:
        METADATA.create_all(session.connection())
        dialect = session.get_bind().dialect
        statement = insert_on(dialect, NOTE).values(
            {name: bindparam(name) for name in ("id", "title", "at")}
        )
        Prepared(dialect, statement.on_conflict_do_nothing()).for_each(
            session, [{"id": one, "title": f"{one}%s?"} for one in [*ids, ids[0]]], at=NOON
        )
        Prepared(
            dialect,
            NOTE.update().where(NOTE.c.id == bindparam("of")).values(at=bindparam("to")),
        ).for_each(session, [{"of": ids[0], "to": NOON + timedelta(days=1)}])
    with db.read() as session:
        rows = session.execute(select(NOTE).order_by(NOTE.c.id)).all()
    assert [tuple(row) for row in rows] == [
        (one, f"{one}%s?", NOON + timedelta(days=one == ids[0])) for one in ids
    ]


@pytest.mark.parametrize("count", [0, 1, 2000])
def test_among_any_number_of_texts(db, count):
    titles = {f"\"{number}'%s" for number in range(count)}
    with db.write() as session:
        METADATA.create_all(session.connection())
        rows = [{"id": UUID(int=9), "title": "another"}]
        rows += [{"id": UUID(int=10 + at), "title": title} for at, title in enumerate(titles)]
        session.execute(insert(session, NOTE), rows)
        dialect = session.get_bind().dialect
        prepared = Prepared(
            dialect, select(NOTE.c.title).where(among(dialect, NOTE.c.title, "titles"))
        )
        found = prepared.rows(session, titles=sorted(titles))
        assert {title for (title,) in found} == titles
