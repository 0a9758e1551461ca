"""Archived files are read again in turn; what is lost is said once, and found wherever it is."""

import asyncio
import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from textwrap import dedent
from threading import Barrier

import pytest
from sqlalchemy import update
from sqlmodel import select

from govproject.persistence.database import Database
from govproject.persistence.tables import StoredFile
from govproject.terms import Fixity
from govproject_archive.handlers import audits
from govproject_archive.tables import ArchivedFile, VolumeItem
from govproject_archive.worker import audit_next

both = pytest.mark.parametrize(
    "database_url",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.peer("postgresql"))],
    indirect=True,
)
ITEM = {"title": "批复", "pages": 1, "dated_on": "2026-02-03"}


@pytest.fixture
def told(archive, events):
    archive.tell(events.declared(), events.approved())
    return archive


def handed_over(archive, *items: dict):
    volume = archive.composed(items=list(items))
    archive.step(volume, "review", reviewed_by="李四")
    archive.step(volume, "handover-list", prepared_by="张三")
    for as_, person in (("unit", "张三"), ("archivist", "王五")):
        archive.step(volume, "confirmations", as_, confirmed_by=person, item_count=len(items))
    return volume


def electronic(archive, text=""):
    file = archive.stored(f"批复{text}.pdf", text)
    return {**ITEM, "title": f"批复{text}", "file_id": file["id"]}, file["sha256"]


def audit(archive, after=timedelta()):
    """Audit all that is due, some time later than before; how it was found, in order."""
    now = archive.runtime.clock() + after
    archive.runtime.clock = lambda: now
    found = []
    while (fixity := asyncio.run(audit_next(archive.runtime.surroundings()))) is not None:
        found.append(fixity.value)
    return found


def path(tmp_path, digest):
    (found,) = (tmp_path / "files").rglob(digest)
    return found


def corrupt(there):
    there.chmod(0o600)
    content = bytearray(there.read_bytes())
    content[9] ^= 1
    there.write_bytes(content)


def delete(there):
    there.unlink()


def make_unreadable(there):
    there.unlink()
    there.mkdir()  # a folder cannot be read by root either


def restore(there, content):
    if there.is_dir():
        there.rmdir()
    there.write_bytes(content)


def lost(archive, as_="audit"):
    answer = archive.get("/lost-files", as_)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


@both
@pytest.mark.parametrize(
    ("harm", "fixity"),
    [(corrupt, "changed"), (delete, "missing"), (make_unreadable, "unreadable")],
)
def test_what_befell_a_file_is_found_said_once_and_over_when_it_is_back(
    told, tmp_path, harm, fixity
):
    item, digest = electronic(told)
    volume = handed_over(told, item)
    assert audit(told) == ["intact"]
    assert audit(told, timedelta(days=89)) == []
    there = path(tmp_path, digest)
    content = there.read_bytes()
    harm(there)
    assert audit(told, timedelta(days=1)) == [fixity]
    (event,) = told.published("fixity.lost")
    assert (str(event.volume_id), event.position, event.title) == (volume, 1, "批复")
    assert (event.fixity.value, event.sha256) == (fixity, digest)
    assert (event.found_sha256 is None) == (fixity != "changed")
    assert event.found_sha256 != digest
    (view,) = lost(told)
    assert (view["fixity"], view["volume_id"], view["position"]) == (fixity, volume, 1)
    # Looked at again after a day, and nothing is said again.
    assert audit(told, timedelta(days=1)) == [fixity]
    assert len(told.published("fixity.lost")) == 1
    metrics = told.http.get("/metrics").text
    assert f'govproject_archive_files_not_intact{{fixity="{fixity}"}} 1.0' in metrics
    restore(there, content)
    assert audit(told, timedelta(days=1)) == ["intact"]
    assert lost(told) == []
    harm(there)
    assert audit(told, timedelta(days=90)) == [fixity]
    assert len(told.published("fixity.lost")) == 2


@both
def test_another_kind_of_loss_is_not_said_again(told, tmp_path):
    item, digest = electronic(told)
    handed_over(told, item)
    corrupt(path(tmp_path, digest))
    assert audit(told) == ["changed"]
    delete(path(tmp_path, digest))
    assert audit(told, timedelta(days=1)) == ["missing"]
    assert [event.fixity for event in told.published("fixity.lost")] == [Fixity.CHANGED]
    assert [view["fixity"] for view in lost(told)] == ["missing"]


@both
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_catalogue_that_is_not_of_the_stored_file_is_found(told, when):
    item, digest = electronic(told)
    volume = told.composed(items=[item])
    change = update(VolumeItem).values(sha256="0" * 64)
    if when == "before":
        with told.runtime.db.write() as session:
            session.execute(change)
    told.step(volume, "review", reviewed_by="李四")
    told.step(volume, "handover-list", prepared_by="张三")
    told.step(volume, "confirmations", confirmed_by="张三", item_count=1)
    told.step(volume, "confirmations", "archivist", confirmed_by="王五", item_count=1)
    if when == "after":
        with told.runtime.db.write() as session:
            session.execute(change)
    assert audit(told) == ["changed"]
    (event,) = told.published("fixity.lost")
    assert (event.sha256, event.found_sha256) == ("0" * 64, digest)


def test_a_record_whose_sm3_differs_is_found(told):
    item, _ = electronic(told)
    handed_over(told, item)
    with told.runtime.db.write() as session:
        session.execute(update(StoredFile).values(sm3="0" * 64))
    assert audit(told) == ["changed"]


@both
def test_process_files_are_audited_and_paper_is_not_counted(told, tmp_path):
    told.uploaded("tender")
    item, _ = electronic(told)
    handed_over(told, item, ITEM, ITEM, {**ITEM, "sha256": "a" * 64})
    told.composed(items=[ITEM])  # not handed over, so not there yet

    def numbers():
        view = told.get(f"/projects/{told.project}/file-audits").json()
        return [view[name] for name in ("intact", "not_intact", "not_yet_audited")], view

    assert numbers()[0] == [0, 0, 2]
    assert audit(told) == ["intact", "intact"]
    counted, view = numbers()
    assert counted == [2, 0, 0]
    assert view["not_auditable"] == {"paper": 2, "kept_elsewhere": 1}
    shutil.rmtree(tmp_path / "files")
    assert audit(told, timedelta(days=90)) == ["missing", "missing"]
    assert numbers()[0] == [0, 2, 0]
    process = {event.process_file_id is None for event in told.published("fixity.lost")}
    assert process == {True, False}


@both
def test_on_demand_a_project_goes_first_and_once(told):
    items = [electronic(told, str(n))[0] for n in range(3)]
    handed_over(told, *items)
    assert audit(told) == ["intact"] * 3
    asked = told.post(f"/projects/{told.project}/file-audits", as_="archivist")
    assert (asked.status_code, asked.json()["requested"]) == (202, 3)
    claim = audits.claim_next(told.runtime.surroundings())
    # Asking again neither interrupts who is reading nor adds to it.
    told.post(f"/projects/{told.project}/file-audits", as_="archivist")
    reading = claim.reading(told.runtime.surroundings())
    audits.record(told.runtime.surroundings(), claim, reading.step())
    reading.close()
    assert audit(told) == ["intact"] * 2
    assert told.get(f"/projects/{told.project}/file-audits").json()["requested"] == 0
    assert audit(told) == []


@both
def test_a_killed_worker_leaves_nothing_but_a_claim_that_runs_out(told, tmp_path):
    item, digest = electronic(told)
    handed_over(told, item)
    delete(path(tmp_path, digest))
    given = told.runtime.surroundings()
    late = audits.claim_next(given)
    assert audits.claim_next(given) is None
    with told.runtime.db.write() as session:
        session.execute(update(ArchivedFile).values(claimed_until=1.0))
    assert audit(told) == ["missing"]
    # It was not dead, only slow: its finding is no news.
    audits.record(given, late, late.reading(given).step())
    assert len(told.published("fixity.lost")) == 1
    with told.runtime.db.read() as session:
        assert session.exec(select(ArchivedFile)).one().turn == 1


@both
def test_replicas_share_the_work_and_say_everything_once(told, tmp_path, database_url):
    made = [electronic(told, str(n)) for n in range(12)]
    handed_over(told, *(item for item, _ in made))
    for _, digest in made[::2]:
        delete(path(tmp_path, digest))
    start = Barrier(2)

    def work(_):
        given = replace(told.runtime.surroundings(), db=Database(database_url))
        start.wait()
        found = []
        while (fixity := asyncio.run(audit_next(given))) is not None:
            found.append(fixity)
        given.db.dispose()
        return found

    with ThreadPoolExecutor(2) as replicas:
        found = Counter(fixity for each in replicas.map(work, range(2)) for fixity in each)
    assert found == {Fixity.INTACT: 6, Fixity.MISSING: 6}
    said = Counter(event.position for event in told.published("fixity.lost"))
    assert said == dict.fromkeys(range(1, 13, 2), 1)


@both
def test_no_transaction_is_open_while_a_file_is_read(told, database_url):
    item, _ = electronic(told)
    handed_over(told, item)
    given = told.runtime.surroundings()
    seen = []

    class Store:
        name = "watched"

        def open(self, digest):
            other = Database(database_url)
            with (
                other.write() as session
            ):  # SQLite has one writer, PostgreSQL would wait for the row
                session.execute(update(ArchivedFile).values(title="改"))
            other.dispose()
            seen.append(digest)
            return given.files.open(digest)

    assert asyncio.run(audit_next(replace(given, files=Store()))) is Fixity.INTACT
    assert len(seen) == 1


def test_a_shorter_period_counts_for_what_was_audited_before(told):
    item, _ = electronic(told)
    handed_over(told, item)
    assert audit(told) == ["intact"]
    runtime = told.runtime
    runtime.settings = runtime.settings.model_copy(update={"audit_period_days": 7})
    audits.keep_period(runtime.surroundings())
    assert audit(told, timedelta(days=6)) == []
    assert audit(told, timedelta(days=1)) == ["intact"]


def test_the_latest_audits_come_first(told):
    items = [electronic(told, str(n))[0] for n in range(3)]
    handed_over(told, *items)
    audit(told)
    page = told.get("/file-audits", "archivist", params={"limit": 2}).json()
    rest = told.get(
        "/file-audits", params={"cursor": page["next_cursor"], "project_id": str(told.project)}
    ).json()
    titles = [view["title"] for view in (*page["items"], *rest["items"])]
    assert titles == ["批复2", "批复1", "批复0"]
    nobody = told.get("/file-audits", params={"project_id": "0" * 32}).json()
    assert nobody["items"] == []


def test_who_may_look_and_who_may_ask(told):
    path = f"/projects/{told.project}/file-audits"
    readers = {"archivist", "archive-authority", "bureau", "audit"}
    for as_ in (*readers, "unit", "expert", "ops", "finance"):
        status = 200 if as_ in readers else 403
        for route in ("/file-audits", "/lost-files", path):
            assert told.get(route, as_).status_code == status, (as_, route)
        asked = told.post(path, as_=as_).status_code
        assert asked == (202 if as_ == "archivist" else 403), as_
    assert told.post("/projects/" + "0" * 32 + "/file-audits", as_="archivist").status_code == 404


def test_each_lost_file_of_the_project_holds_its_check_up(told, tmp_path):
    (first, one), (second, other), (third, _) = (electronic(told, f"之{n}") for n in "一二三")
    handed_over(told, first, second, third)
    for digest in (one, other):
        corrupt(path(tmp_path, digest))
    assert sorted(audit(told)) == ["changed", "changed", "intact"]
    body = {"inspector": "王五"}
    answer = told.post(f"/projects/{told.project}/archive-checks", body, "archivist")
    (found,) = [f for f in answer.json()["findings"] if f["rule"] == "archived_files_intact"]
    assert (answer.status_code, found["article"], found["fact"]) == (409, "39", {"lost_files": 2})
    assert "有2件经核验不完好" in found["message"]
    assert found["remedy"]


class TestADepartmentsStore:
    """The hook `store_file`, deployed as a file."""

    @pytest.fixture
    def elsewhere(self, tmp_path):
        folder = tmp_path / "elsewhere"
        folder.mkdir()
        return folder

    @pytest.fixture
    def plugins_dir(self, tmp_path, elsewhere):
        folder = tmp_path / "plugins"
        folder.mkdir()
        (folder / "store.py").write_text(
            dedent(f"""
                from pathlib import Path
                from shutil import copyfile
                from govproject import hookimpl

                class Elsewhere:
                    name = "elsewhere"

                    def keep(self, digest, content):
                        copyfile(content, Path({str(elsewhere)!r}, digest))

                    def open(self, digest):
                        return Path({str(elsewhere)!r}, digest).open("rb")

                @hookimpl
                def store_file():
                    return Elsewhere()
            """)
        )
        return folder

    def test_archived_files_are_audited_and_packed_where_it_keeps_them(self, told, elsewhere):
        item, digest = electronic(told)
        handed_over(told, item)
        there = elsewhere / digest
        content = there.read_bytes()
        package = f"/projects/{told.project}/package"
        assert audit(told) == ["intact"]
        assert told.get(package, "archivist").is_success
        there.write_bytes(content + b"forged")
        assert audit(told, timedelta(days=90)) == ["changed"]
        assert told.get(package, "archivist").json()["code"] == "archived_file_changed"
        there.unlink()
        assert audit(told, timedelta(days=1)) == ["missing"]
        answer = told.get(package, "archivist")
        assert (answer.status_code, answer.json()["code"]) == (503, "package_unavailable")
