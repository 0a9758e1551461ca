import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import select

from govproject.persistence import database
from govproject.persistence.database import Database, is_contended, is_unavailable
from govproject.persistence.tables import OutboxStream


@pytest.fixture
def numbers(db):
    with db.write() as session:
        session.execute(text("CREATE TABLE number (n INTEGER PRIMARY KEY)"))
    return db


def _add(session, n):
    session.execute(text("INSERT INTO number VALUES (:n)"), {"n": n})


def _all(db):
    with db.read() as session:
        return session.execute(text("SELECT n FROM number ORDER BY n")).scalars().all()


def test_a_write_is_there_afterwards(numbers):
    with numbers.write() as session:
        _add(session, 1)
        _add(session, 2)

    assert _all(numbers) == [1, 2]


def test_a_failed_write_leaves_nothing(numbers):
    def work():
        with numbers.write() as session:
            _add(session, 1)
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        work()

    assert _all(numbers) == []


def test_a_savepoint_is_undone_alone(numbers):
    def work(session):
        with session.begin_nested():
            _add(session, 2)
            _add(session, 1)

    with numbers.write() as session:
        _add(session, 1)
        with pytest.raises(IntegrityError):
            work(session)
        _add(session, 3)

    assert _all(numbers) == [1, 3]


def test_a_read_cannot_change_anything(numbers):
    with pytest.raises(DBAPIError), numbers.read() as session:
        _add(session, 1)

    assert _all(numbers) == []


def test_a_read_is_one_snapshot(numbers):
    with numbers.read() as session:
        count = text("SELECT count(*) FROM number")
        before = session.execute(count).scalar_one()
        with numbers.write() as writing:
            _add(writing, 1)
        after = session.execute(count).scalar_one()

    assert (before, after) == (0, 0)
    assert _all(numbers) == [1]


def test_what_was_read_can_be_used_afterwards(db):
    with db.write() as session:
        session.add(OutboxStream(aggregate_type="project", aggregate_id="a", last_seq=7))

    with db.read() as session:
        stream = session.exec(select(OutboxStream)).one()

    assert stream.last_seq == 7


def test_concurrent_writers_wait_for_one_another(numbers):
    _insert(numbers, 0)

    def increment(_):
        with numbers.write() as session:
            # Read, then write: an unlucky interleaving would lose an increment or fail.
            session.execute(text("SELECT n FROM number")).all()
            session.execute(text("UPDATE number SET n = n + 1"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(increment, range(40)))

    assert _all(numbers) == [40]


def _insert(db, n):
    with db.write() as session:
        _add(session, n)


def test_another_process_waits_for_its_turn_too(numbers, database_url):
    other = Database(database_url)
    inside = threading.Event()

    def work():
        inside.wait()
        _insert(other, 2)

    with ThreadPoolExecutor(1) as pool:
        with numbers.write() as session:
            _add(session, 1)
            waiting = pool.submit(work)
            inside.set()
        waiting.result()
    other.dispose()

    assert _all(numbers) == [1, 2]


def test_listeners_learn_of_commits_and_of_nothing_else(numbers):
    heard = []
    numbers.on_commit(lambda _: heard.append(_all(numbers)))

    _insert(numbers, 1)
    with pytest.raises(IntegrityError):
        _insert(numbers, 1)
    _all(numbers)

    assert heard == [[1]]


def test_a_failing_listener_does_not_unsettle_the_caller(numbers, caplog):
    def fail(_):
        raise RuntimeError("listener")

    heard = []
    numbers.on_commit(fail)
    numbers.on_commit(lambda _: heard.append(1))

    _insert(numbers, 1)

    assert (heard, _all(numbers)) == ([1], [1])
    assert "a commit listener failed" in caplog.text


def test_ping_answers(db):
    db.ping()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(url):
    with pytest.raises(ValueError, match="needs a file"):
        Database(url)


def test_other_databases_are_refused():
    with pytest.raises(ValueError, match="neither SQLite nor PostgreSQL"):
        Database("mysql://localhost/x")


def test_sqlite_is_durable_and_concurrent(sqlite_db):
    with sqlite_db("service").write() as session:
        pragmas = {
            name: session.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }

    assert pragmas == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 2,
        "busy_timeout": 10_000,
    }


def _failure(work):
    with pytest.raises(DBAPIError) as caught:
        work()
    return caught.value


def test_a_conflict_of_data_is_not_unavailability(numbers):
    _insert(numbers, 1)

    error = _failure(lambda: _insert(numbers, 1))

    assert not is_unavailable(error)
    assert not is_contended(error)


def test_a_wrong_statement_is_not_unavailability(numbers):
    def work():
        with numbers.write() as session:
            session.execute(text("SELECT nothing FROM nowhere"))

    assert not is_unavailable(_failure(work))


def test_a_missing_directory_is_unavailability(tmp_path):
    db = Database(f"sqlite:///{tmp_path}/nowhere/service.db")

    assert is_unavailable(_failure(db.ping))


def test_a_full_database_is_unavailability(sqlite_db):
    db = sqlite_db("service")

    def work():
        with db.write() as session:
            session.execute(text("PRAGMA max_page_count = 1"))
            session.execute(text("CREATE TABLE blob (content BLOB)"))
            session.execute(text("INSERT INTO blob VALUES (zeroblob(10000000))"))

    assert is_unavailable(_failure(work))


def test_a_locked_database_is_unavailability(tmp_path, monkeypatch):
    monkeypatch.setattr("govproject.persistence.database._WAIT_SECONDS", 0.01)
    one, other = (Database(f"sqlite:///{tmp_path}/service.db") for _ in range(2))

    with one.write() as session:
        session.execute(text("CREATE TABLE t (n INTEGER)"))
        error = _failure(lambda: _enter(other))
        same_process = _pool_failure(lambda: _enter(one))
    for db in (one, other):
        db.dispose()

    assert is_unavailable(error)
    assert is_unavailable(same_process)


def _enter(db):
    with db.write():
        pass


def _pool_failure(work):
    with pytest.raises(Exception, match="does not end") as caught:
        work()
    return caught.value


def test_a_read_only_file_is_unavailability(sqlite_db, tmp_path):
    sqlite_db("service")
    db = Database(f"sqlite:///file:{tmp_path}/service.db?mode=ro&uri=true")

    def work():
        with db.write() as session:
            session.execute(text("DELETE FROM outbox_stream"))

    error = _failure(work)
    db.dispose()

    assert is_unavailable(error)


def test_a_server_that_is_not_there_is_unavailability():
    db = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")

    assert is_unavailable(_failure(db.ping))


def test_a_connection_that_the_server_ends_is_unavailability(postgres_url):
    db = Database(postgres_url)

    def work():
        with db.write() as session:
            session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    error = _failure(work)
    db.ping()  # the next one gets a fresh connection
    db.dispose()

    assert is_unavailable(error)


def test_a_deadlock_is_contention(postgres_url):
    db = Database(postgres_url)
    with db.write() as session:
        session.execute(text("CREATE TABLE number (n INTEGER PRIMARY KEY)"))
        _add(session, 1)
        _add(session, 2)
    both = threading.Barrier(2)

    def work(first, second):
        with db.write() as session:
            lock = text("SELECT n FROM number WHERE n = :n FOR UPDATE")
            session.execute(lock, {"n": first})
            both.wait()
            session.execute(lock, {"n": second})

    with ThreadPoolExecutor(2) as pool:
        results = [pool.submit(work, 1, 2), pool.submit(work, 2, 1)]
        errors = [result.exception() for result in results]
    db.dispose()

    loser = next(error for error in errors if error is not None)
    assert errors.count(None) == 1
    assert is_contended(loser)
    assert not is_unavailable(loser)


def test_a_process_that_stands_still_keeps_nobody_from_its_rows(postgres_url, monkeypatch):
    other = Database(postgres_url)  # with the usual bound: it may stand still for a moment, too
    monkeypatch.setitem(database._SERVER_OPTIONS, "idle_in_transaction_session_timeout", "500ms")
    frozen = Database(postgres_url)
    with other.write() as session:
        session.execute(text("CREATE TABLE held (id int)"))
        session.execute(text("INSERT INTO held VALUES (1)"))

    def stand_still():
        with frozen.write() as session:
            session.execute(text("SELECT id FROM held FOR UPDATE"))
            # Nothing happens here while the other waits for the lock.
            with other.write() as waiting:
                assert waiting.execute(text("SELECT id FROM held FOR UPDATE")).scalar_one() == 1
            session.execute(text("SELECT 1"))

    assert is_unavailable(_failure(stand_still))
    frozen.dispose()
    other.dispose()


@pytest.mark.parametrize(("lasting", "sqlite", "postgresql"), [(True, 2, "on"), (False, 1, "off")])
def test_a_write_waits_for_the_disk_unless_it_may_be_taken_back(db, lasting, sqlite, postgresql):
    ask = "PRAGMA synchronous" if db.dialect == "sqlite" else "SHOW synchronous_commit"
    expected = sqlite if db.dialect == "sqlite" else postgresql
    with db.write(lasting=not lasting):
        pass  # what one transaction is told must not stay with its connection
    with db.write(lasting=lasting) as session:
        assert session.execute(text(ask)).scalar_one() == expected


def test_a_checkpoint_writes_the_log_back_while_others_write(sqlite_db, tmp_path):
    db = sqlite_db("noted")
    with db.write() as session:
        session.execute(text("CREATE TABLE note (body TEXT)"))
    db.checkpoint()
    before = (tmp_path / "noted.db").stat().st_size
    with db.write() as session:
        session.execute(text("INSERT INTO note VALUES (:body)"), {"body": "x" * 100_000})
    assert (tmp_path / "noted.db").stat().st_size == before

    with db.write() as session:
        session.execute(text("INSERT INTO note VALUES ('not committed')"))
        db.checkpoint()

    assert (tmp_path / "noted.db").stat().st_size > before
