from govproject_archive import repository


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
