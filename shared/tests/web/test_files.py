"""Handing files in over HTTP, and getting them back."""

import asyncio
import base64
import hashlib
import shutil
from dataclasses import replace
from textwrap import dedent
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives import hashes
from sqlmodel import select

from govproject.files.kinds import examine
from govproject.identity import mint
from govproject.persistence.tables import StoredFile

PDF = b"%PDF-1.7\n" + b"x" * 3000 + b"\n%%EOF\n"
FILES = "/api/v1/files"


@pytest.fixture
def upload(client):
    def send(content=PDF, name="可研报告.pdf", *, as_="unit", unit=None, **headers: str):
        return client.post(
            FILES, as_=as_, unit=unit, params={"name": name}, content=content, headers=headers
        )

    return send


@pytest.fixture
def kept(client, settings):
    """What is recorded, and what is stored."""

    def look():
        with client.runtime.db.read() as session:
            records = session.exec(select(StoredFile)).all()
        return len(records), sum(path.is_file() for path in settings.files_dir.rglob("*"))

    return look


@pytest.fixture(autouse=True)
def nothing_elsewhere(tmp_path, monkeypatch):
    """No upload goes to where every program may write, which is often memory."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "absent"))


def test_a_file_comes_back_as_it_was(client, upload):
    answer = upload()
    assert answer.status_code == 201
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(PDF)
    stored = answer.json()
    assert stored == {
        "id": stored["id"],
        "name": "可研报告.pdf",
        "kind": "pdf",
        "size": len(PDF),
        "sha256": hashlib.sha256(PDF).hexdigest(),
        "sm3": sm3.finalize().hex(),
    }
    assert client.get(f"{FILES}/{stored['id']}", as_="unit").json() == stored

    content = client.get(f"{FILES}/{stored['id']}/content", as_="bureau")
    assert content.content == PDF
    assert content.headers["content-type"] == "application/pdf"
    assert content.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E5%8F")
    assert content.headers["x-content-type-options"] == "nosniff"


def test_an_upload_has_no_name_before_it_is_stored(upload, kept, settings, monkeypatch):
    """So a process that is killed meanwhile leaves nothing behind."""
    seen = []

    def look(content, name):
        seen.extend(settings.files_dir.iterdir())
        return examine(content, name)

    monkeypatch.setattr("govproject.web.files.examine", look)
    assert upload().status_code == 201
    assert seen == []
    assert kept() == (1, 1)


def test_the_same_file_again_is_the_same_record(upload, kept):
    first, second = upload(), upload()
    assert first.json() == second.json()
    assert kept() == (1, 1)


def test_the_same_content_of_two_units_is_stored_once_and_belongs_to_each(client, upload, kept):
    mine, theirs = upload(unit="区教育局").json(), upload(unit="区民政局").json()
    assert mine["id"] != theirs["id"]
    assert kept() == (2, 1)
    assert client.get(f"{FILES}/{mine['id']}", as_="unit", unit="区民政局").status_code == 403
    assert (
        client.get(f"{FILES}/{mine['id']}/content", as_="unit", unit="区民政局").status_code == 403
    )


def test_a_large_file_passes_and_one_beyond_the_limit_does_not(
    client, upload, kept, problem, settings
):
    large = b"%PDF-1.7\n" + b"x" * (3 * 1024 * 1024) + b"\n%%EOF\n"
    client.runtime.settings = settings.model_copy(update={"max_file_mib": 3})
    body = problem(upload(large), 413, "file_too_large")
    assert "3 MiB" in body["detail"]
    problem(upload(iter([large])), 413, "file_too_large")  # which does not say its size
    assert kept() == (0, 0)

    client.runtime.settings = settings.model_copy(update={"max_file_mib": 4})
    assert upload(large).json()["size"] == len(large)


@pytest.mark.parametrize(
    ("declared", "status", "asked"),
    [
        ("3145729", 413, False),
        ("9" * 300, 413, False),
        ("3145728", 400, True),
        ("9" * 5000, 400, True),
        ("-1", 400, True),
        ("x", 400, True),
    ],
    ids=["beyond", "far beyond", "at most", "no number", "negative", "no digits"],
)
def test_a_size_beyond_the_limit_is_refused_before_the_content_comes(
    client, settings, kept, declared, status, asked
):
    client.runtime.settings = settings.model_copy(update={"max_file_mib": 3})
    came, sent = [], []

    async def receive():
        came.append(True)
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    token = mint(settings.identity_dir, "bureau", None)
    headers = [("authorization", f"Bearer {token}"), ("content-length", declared)]
    scope = {
        "type": "http",
        "method": "POST",
        "path": FILES,
        "query_string": b"name=a.pdf",
        "headers": [(name.encode(), value.encode()) for name, value in headers],
    }
    asyncio.run(client.app(scope, receive, send))
    assert (sent[0]["status"], came != []) == (status, asked)
    assert kept() == (0, 0)


def test_what_is_not_what_it_says_leaves_nothing(upload, kept, problem):
    problem(upload(b"MZ\x90\x00 a program", "可研报告.docx"), 422, "file_mismatch")
    problem(upload(b"", "可研报告.pdf"), 422, "file_empty")
    assert kept() == (0, 0)


@pytest.mark.parametrize("name", ["", "a/b.pdf", "..\\b.pdf", "a\nb.pdf", "a\x00.pdf", "a" * 300])
def test_a_name_that_is_none_is_refused(upload, problem, name):
    problem(upload(name=name), 422, "invalid_request")


def test_rare_characters_are_kept(client, upload):
    stored = upload(name="𠮷䶮公司报价.pdf").json()
    assert client.get(f"{FILES}/{stored['id']}", as_="unit").json()["name"] == "𠮷䶮公司报价.pdf"


def test_a_digest_is_compared(upload, problem, kept):
    right = base64.b64encode(hashlib.sha256(PDF).digest()).decode()
    wrong = base64.b64encode(hashlib.sha256(b"").digest()).decode()
    problem(upload(**{"Content-Digest": f"sha-256=:{wrong}:"}), 422, "content_digest_differs")
    problem(upload(**{"Content-Digest": "md5=:x:"}), 422, "content_digest")
    assert kept() == (0, 0)
    assert upload(**{"Content-Digest": f"sha-256=:{right}:"}).status_code == 201


def test_an_upload_needs_a_token(upload, problem, kept):
    problem(upload(as_=None), 401, "token_missing")
    assert kept() == (0, 0)


def test_a_full_disk_is_said_so_and_nothing_is_recorded(client, upload, kept, problem, settings):
    settings.files_dir.parent.joinpath("files").write_text("in the way")
    problem(upload(), 503, "file_unstorable")
    with client.runtime.db.read() as session:
        assert session.exec(select(StoredFile)).all() == []


def test_a_content_that_is_gone_is_said_so(client, upload, problem, settings):
    stored = upload().json()
    for path in settings.files_dir.rglob("*"):
        if path.is_file():
            path.unlink()
    problem(client.get(f"{FILES}/{stored['id']}/content", as_="unit"), 503, "file_unavailable")


@pytest.mark.parametrize("role", ["expert", "portal", "ops"])
def test_who_works_without_files_is_shown_only_what_is_their_own(client, upload, problem, role):
    stored = upload().json()["id"]
    for path in (f"{FILES}/{stored}", f"{FILES}/{stored}/content"):
        problem(client.get(path, as_=role), 403, "file_not_for_role")
    own = upload(as_=role).json()["id"]
    assert client.get(f"{FILES}/{own}/content", as_=role).content == PDF
    assert client.get(f"{FILES}/{stored}/content", as_="bureau").content == PDF


def test_an_expert_is_shown_what_there_is_to_judge(client, upload, problem):
    stored = upload().json()["id"]
    shown = client.runtime.service
    client.runtime.service = replace(
        shown, shown_to_experts=lambda _, __, file_id: str(file_id) == stored
    )
    assert client.get(f"{FILES}/{stored}/content", as_="expert").content == PDF
    problem(client.get(f"{FILES}/{stored}", as_="portal"), 403, "file_not_for_role")
    other = upload(PDF + b"x\n%%EOF\n", unit="区卫健委").json()["id"]
    problem(client.get(f"{FILES}/{other}", as_="expert"), 403, "file_not_for_role")


def test_an_unknown_file_is_not_found(client, problem):
    problem(client.get(f"{FILES}/{uuid4()}", as_="bureau"), 404, "file_not_found")


class TestADepartmentsStore:
    """The hook `store_file`, deployed as a file."""

    @pytest.fixture
    def elsewhere(self, tmp_path):
        folder = tmp_path / "elsewhere"
        folder.mkdir()
        return folder

    @pytest.fixture
    def settings(self, settings, elsewhere, tmp_path):
        plugins = tmp_path / "plugins"
        plugins.mkdir()
        (plugins / "store.py").write_text(
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
        return settings.model_copy(update={"plugins_dir": plugins})

    def test_what_is_handed_in_is_kept_there_and_comes_back_from_there(
        self, client, upload, kept, elsewhere
    ):
        stored = upload().json()
        assert [each.read_bytes() for each in elsewhere.iterdir()] == [PDF]
        assert kept() == (1, 0)
        there = elsewhere / stored["sha256"]
        there.write_bytes(PDF + b"from elsewhere")
        answer = client.get(f"{FILES}/{stored['id']}/content", as_="bureau")
        assert answer.content == PDF + b"from elsewhere"

    def test_what_it_cannot_keep_is_not_recorded(self, upload, kept, problem, elsewhere):
        elsewhere.rmdir()
        body = problem(upload(), 503, "file_unstorable")
        assert body["detail"] == "文件暂时无法保存。"
        assert body["remedy"]
        assert kept() == (0, 0)

    def test_what_it_cannot_give_is_said_so(self, client, upload, problem, elsewhere):
        stored = upload().json()["id"]
        shutil.rmtree(elsewhere)
        answer = client.get(f"{FILES}/{stored}/content", as_="unit")
        body = problem(answer, 503, "file_unavailable")
        assert body["detail"] == "文件暂时无法读取。"
        assert body["remedy"]
