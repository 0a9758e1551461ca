"""What must hold however many processes share the database, on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from govproject_archive import repository

both = pytest.mark.parametrize(
    "database_url",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.peer("postgresql"))],
    indirect=True,
)

pytestmark = both


def test_handover_numbers_begin_anew_each_year(archive):
    with archive.runtime.db.write() as session:
        given = [repository.next_handover_number(session, y) for y in (2026, 2026, 2027, 2026)]
    assert given == ["JJ-2026-000001", "JJ-2026-000002", "JJ-2027-000001", "JJ-2026-000003"]


def test_a_number_that_is_rolled_back_is_given_again(archive):
    with archive.runtime.db.write() as session:
        repository.next_handover_number(session, 2026)
        session.rollback()
    with archive.runtime.db.write() as session:
        assert repository.next_handover_number(session, 2026) == "JJ-2026-000001"


def test_the_first_event_of_a_project_makes_its_row_once(archive):
    for _ in range(2):
        with archive.runtime.db.write() as session:
            row = repository.project_or_new(session, archive.project)
            assert (row.id, row.unit) == (archive.project, None)


def test_many_at_once_are_given_different_numbers(archive):
    def draw(_):
        with archive.runtime.db.write() as session:
            return repository.next_handover_number(session, 2026)

    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(draw, range(12)))
    assert sorted(given) == [f"JJ-2026-{number:06}" for number in range(1, 13)]


def test_many_at_once_make_one_row(archive):
    def meet(number):
        # Each project is met by four at about the same time.
        with archive.runtime.db.write() as session:
            return repository.project_or_new(session, UUID(int=number // 4)).id

    with ThreadPoolExecutor(4) as pool:
        met = list(pool.map(meet, range(20)))
    assert met == [UUID(int=number // 4) for number in range(20)]
