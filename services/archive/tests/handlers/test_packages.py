"""A project's archive as one package."""

import json
import zipfile
from io import BytesIO

import bagit
import pytest


@pytest.fixture
def told(archive, events):
    archive.tell(events.declared(), events.approved())
    return archive


def handed_in(archive, name="批复.pdf", content=None):
    body = content or b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
    answer = archive.call("POST", "/files", "unit", params={"name": name}, content=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def composed(archive, *items: dict):
    body = {
        "file_class": "approval",
        "title": "立项卷",
        "composed_by": "张三",
        "retention": "years_30",
        "access": "open",
        "items": items,
    }
    answer = archive.post(f"/projects/{archive.project}/volumes", body)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def archived(archive, *items: dict):
    volume = composed(archive, *items)
    archive.step(volume, "review", reviewed_by="李四")
    archive.step(volume, "handover-list", prepared_by="张三")
    count = len(items)
    archive.step(volume, "confirmations", confirmed_by="张三", item_count=count)
    archive.step(volume, "confirmations", "archivist", confirmed_by="王五", item_count=count)
    return volume


def item(title, **more: object):
    return {"title": title, "pages": 1, "dated_on": "2026-02-03", **more}


def package(archive, as_="archivist"):
    return archive.get(f"/projects/{archive.project}/package", as_)


def test_it_holds_the_handover_list_and_the_electronic_files(told, tmp_path):
    file = handed_in(told)
    volume = archived(told, item("批复", file_id=file["id"]), item("会议签到表"))
    answer = package(told)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(BytesIO(answer.content)) as content:
        content.extractall(tmp_path)
    (folder,) = tmp_path.glob("govproject-*")
    found = bagit.Bag(str(folder))
    found.validate()
    assert found.info["External-Identifier"] == str(told.project)
    number = told.get(f"/volumes/{volume}").json()["handover_number"]
    listed = json.loads((folder / "data" / number / "handover-list.json").read_text("utf-8"))
    assert listed["complete"] is True
    assert [entry["title"] for entry in listed["catalogue"]] == ["批复", "会议签到表"]
    assert sorted(found.payload_entries()) == [
        f"data/{number}/001 批复.pdf",
        f"data/{number}/handover-list.json",
    ]
    assert file["sha256"] in (folder / "manifest-sha256.txt").read_text("utf-8")
    assert file["sm3"] in (folder / "manifest-sm3.txt").read_text("utf-8")


def test_the_digest_of_a_catalogue_is_that_of_its_file(told):
    file = handed_in(told)
    view = told.get(f"/volumes/{composed(told, item('批复', file_id=file['id']))}")
    (entry,) = view.json()["items"]
    assert (entry["sha256"], entry["file_name"]) == (file["sha256"], "批复.pdf")
    answer = told.post(
        f"/projects/{told.project}/volumes",
        {
            "file_class": "approval",
            "title": "卷",
            "composed_by": "张三",
            "retention": "years_30",
            "access": "open",
            "items": [item("批复", file_id=file["id"], sha256="a" * 64)],
        },
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "digest_differs")


def test_before_anything_is_archived_there_is_no_package(told):
    told.composed()
    answer = package(told)
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_archived")


def test_a_file_that_has_changed_in_the_store_makes_no_package(told, tmp_path):
    file = handed_in(told)
    archived(told, item("批复", file_id=file["id"]))
    (stored,) = tmp_path.rglob(file["sha256"])
    stored.chmod(0o600)
    stored.write_bytes(b"%PDF-1.7 forged")
    answer = package(told)
    assert (answer.status_code, answer.json()["code"]) == (409, "archived_file_changed")
    stored.unlink()
    answer = package(told)
    assert (answer.status_code, answer.json()["code"]) == (503, "package_unavailable")


@pytest.mark.parametrize(
    ("as_", "status"),
    [
        ("unit", 200),
        ("bureau", 200),
        ("audit", 200),
        ("archive-authority", 200),
        ("expert", 403),
        ("portal", 403),
    ],
)
def test_who_may_take_it_away(told, as_, status):
    archived(told, item("会议签到表"))
    assert package(told, as_).status_code == status


def test_another_units_package(told):
    archived(told, item("会议签到表"))
    answer = told.call("GET", f"/projects/{told.project}/package", "unit", "亭湖区卫健委")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_unit")
