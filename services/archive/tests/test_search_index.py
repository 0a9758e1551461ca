"""The index holds what the rows say, and finds it however far back it is."""

from datetime import date
from uuid import UUID

import pytest
from sqlmodel import select

from govproject.persistence import migrate
from govproject.testing import migrate_to
from govproject_archive import search_index
from govproject_archive.app import SERVICE
from govproject_archive.search_index import Kind, Wanted
from govproject_archive.tables import ArchivedFile, Project, SearchEntry

both = pytest.mark.parametrize(
    "database_url",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.peer("postgresql"))],
    indirect=True,
)
pytestmark = both


@pytest.fixture
def told(archive, events):
    archive.tell(events.declared(), events.approved())
    return archive


def entries(archive):
    with archive.runtime.db.read() as session:
        rows = session.exec(select(SearchEntry)).all()
    return sorted(str(row.model_dump(exclude={"id"})) for row in rows)


def found(archive, *words: str, below=None, limit=10_000, **wanted: object):
    with archive.runtime.db.read() as session:
        asked = Wanted(words, **wanted)
        return search_index.find(session.connection(), asked, below=below, limit=limit)


def fill(archive, count):
    """Files of volumes, in the order of their numbers; each third is 甲's."""
    for first in range(0, count, 500):
        items = [
            {
                "title": f"建设文件第{n}号{'（甲）' * (n % 3 == 0)}",
                "pages": 1,
                "dated_on": "2026-02-03",
            }
            for n in range(first, first + 500)
        ]
        archive.composed(items=items)


def test_what_is_far_back_is_found_in_order(told):
    fill(told, 1500)
    everything = found(told, "建设文件")
    assert [row.position for row in everything] == [*range(500, 0, -1)] * 3
    assert [row.id for row in everything] == sorted((row.id for row in everything), reverse=True)
    assert len(found(told, "文件", "甲")) == 500
    (oldest,) = found(told, "第0号")
    assert oldest.id == everything[-1].id
    (middle,) = found(told, "第700号")
    assert found(told, "第700号", below=middle.id) == []
    assert found(told, "第700号", below=middle.id + 1) == [middle]
    assert found(told, "建设文件", below=middle.id, limit=3) == everything[800:803]
    assert found(told, "建设文件", below=2**63 - 1) == everything
    assert found(told, "建设文件", below=-5) == []
    assert found(told, "文件设") == []


def test_rebuilding_gives_the_same(told):
    told.uploaded("tender")
    told.handed_over()
    withdrawn = told.composed()
    told.step(withdrawn, "withdrawal", withdrawn_by="张三", reason="误组")
    before = entries(told)
    assert len(before) == 1 + 1 + 1 + 2
    with told.runtime.db.write() as session:
        search_index.rebuild(session.connection())
    assert entries(told) == before
    assert [row.kind for row in found(told, "文件", "1")] == [Kind.VOLUME_ITEM]
    assert len(found(told, "卷")) == 1


def test_a_migration_fills_it_and_has_the_files_audited(told):
    told.uploaded("tender")
    file = told.stored()
    item = {"title": "批复", "pages": 1, "dated_on": "2026-02-03", "file_id": file["id"]}
    volume = told.composed(items=[item, {**item, "file_id": None}])
    told.step(volume, "review", reviewed_by="李四")
    told.step(volume, "handover-list", prepared_by="张三")
    told.step(volume, "confirmations", confirmed_by="张三", item_count=2)
    told.step(volume, "confirmations", "archivist", confirmed_by="王五", item_count=2)
    db = told.runtime.db
    before = entries(told), files(db)
    migrate_to(db, SERVICE.package, "0004", down=True)
    migrate.upgrade(db, SERVICE.package)
    assert (entries(told), files(db)) == before
    assert len(found(told, "批复")) == 2
    assert migrate.differences(db, SERVICE.package) == []


def files(db):
    with db.read() as session:
        rows = session.exec(select(ArchivedFile)).all()
    return sorted(str(row.model_dump(exclude={"id"})) for row in rows)


def test_nothing_is_kept_of_a_transaction_that_fails(told):
    before = entries(told)
    with told.runtime.db.write() as session:
        project = Project(id=UUID(int=8), project_name="试点平台", unit="甲局")
        session.add(project)
        session.flush()
        search_index.refresh(session.connection(), project.id, Kind.PROJECT)
        session.rollback()
    assert entries(told) == before
    assert found(told, "试点平台") == []


def test_days_and_classes_narrow_down(told):
    for year in range(2015, 2027):
        told.composed(items=[{"title": "年度报告", "pages": 1, "dated_on": f"{year}-03-01"}])
    told.composed("contract", items=[{"title": "年度报告", "pages": 1, "dated_on": "2020-03-01"}])

    def days(**wanted: object):
        return [row.dated_on.year for row in found(told, "年度", **wanted)]

    assert days(first_day=date(2020, 3, 1), last_day=date(2021, 3, 1)) == [2020, 2021, 2020]
    assert days(first_day=date(2020, 3, 2), last_day=date(2021, 2, 28)) == []
    assert days(last_day=date(2016, 1, 1)) == [2015]
    assert days(first_day=date(2001, 1, 1), last_day=date(2016, 3, 1)) == [2016, 2015]
    assert days(file_class="contract") == [2020]
