"""What is asked of archives of all sizes; how fast anything is, no test can say."""

import pytest

from govproject.persistence.database import Database
from govproject_local.bench import search


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.peer("postgresql"))])
def databases(request, tmp_path):
    url = f"sqlite:///{tmp_path}/archive.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    db = Database(url)
    search.fill(db, 1_000)
    yield {1_000: db}
    db.dispose()


def test_each_query_finds_what_it_is_named_for(databases, monkeypatch):
    monkeypatch.setattr(search, "_ROUNDS", 1)
    monkeypatch.setattr(search, "_REPEATS", 1)
    measured = {one.query: one for one in search.measure(databases)}
    assert list(measured) == list(search.QUERIES)
    found = {name: one.found[1_000] for name, one in measured.items()}
    assert found["rare word"] == found["one character"] == 10
    assert found["frequent word"] == found["two characters"] == 51
    assert found["nothing found"] == 0
    assert all(one.ratio(1_000) == (1.0, 1.0, 1.0) for one in measured.values())
