import psycopg
import pytest

from govproject.errors import PrerequisiteError
from govproject_local import debian, ports, postgres
from govproject_local.supervisor import Supervisor


def query(url: str, statement: str) -> tuple[object, ...] | None:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        return connection.execute(statement).fetchone()


def test_a_database_of_ones_own_is_empty_and_speaks_utf8(postgres_url):
    tables = query(postgres_url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    assert tables == (0,)
    encoding = "SELECT current_setting('server_encoding'), current_setting('lc_collate')"
    assert query(postgres_url, encoding) == ("UTF8", "C.UTF-8")
    assert query(postgres_url, "SELECT length('政务云')") == (3,)


@pytest.mark.usefixtures("postgres")  # what can run one can run two
async def test_a_server_keeps_its_data_and_leaves_nothing_running(tmp_path, on_line):
    (port,) = ports.pick(1)
    for make in (True, False):
        server = postgres.Postgres(postgres.find(may_fetch=False), tmp_path / "data", port)
        async with Supervisor(on_line) as supervisor:
            await supervisor.start(server.server())
            if make:
                server.create_database("kept")
            assert query(server.url("kept"), "SELECT 1") == (1,)
        assert ports.is_free(port)


def test_without_a_server_the_message_says_how_to_get_one(tmp_path, monkeypatch):
    monkeypatch.setattr(postgres, "INSTALLED", tmp_path)
    monkeypatch.setattr(debian, "STORE", tmp_path)
    with pytest.raises(PrerequisiteError, match="test --all"):
        postgres.find(may_fetch=False)
