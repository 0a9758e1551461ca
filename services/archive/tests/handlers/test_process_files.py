"""Process material: asked for from its milestone on, a reminder first, a refusal at the check."""

from uuid import uuid4

import pytest

from govproject.ids import new_id


@pytest.fixture
def contracted(archive, events):
    """Award and contract: three kinds are to be there."""
    archive.tell(events.declared(), events.contract())
    return archive


def material(archive):
    view = archive.get(f"/projects/{archive.project}").json()
    return {each["kind"]: each for each in view["process_material"]}


def test_each_milestone_asks_for_its_kinds(contracted, events):
    kinds = material(contracted)
    assert list(kinds) == ["tender", "award", "commencement", "completion", "progress"]
    assert kinds["tender"]["basis"] == "2026-03-02签发中标通知书（承建单位盐城软件公司）"
    assert kinds["commencement"]["reached_on"] == "2026-03-20"
    assert [kind for kind, each in kinds.items() if each["reached_on"] is None] == [
        "completion",
        "progress",
    ]
    contracted.tell(events.preliminary())
    kinds = material(contracted)
    assert kinds["completion"]["basis"] == "2026-06-01初验合格（初验意见）"
    assert kinds["progress"]["reached_on"] == "2026-06-01"


def test_a_second_contract_asks_for_nothing_anew(contracted, events):
    contracted.tell(events.contract().model_copy(update={"contract_id": new_id()}))
    assert material(contracted)["tender"]["reached_on"] == "2026-03-02"


def test_what_is_late_is_shown_and_no_longer_once_it_is_there(contracted):
    tender = material(contracted)["tender"]
    assert (tender["remind_on"], tender["overdue"], tender["files"]) == ("2026-04-01", True, 0)
    contracted.uploaded("tender")
    tender = material(contracted)["tender"]
    assert (tender["overdue"], tender["files"]) == (False, 1)


def test_the_check_waits_for_the_material_and_no_longer(contracted, events):
    for file_class in ("procurement", "contract"):
        contracted.handed_over(file_class)
    path, body = f"/projects/{contracted.project}/archive-checks", {"inspector": "王五"}
    answer = contracted.post(path, body, "archivist")
    assert answer.status_code == 409, answer.text
    (finding,) = [f for f in answer.json()["findings"] if f["severity"] == "block"]
    assert (finding["rule"], finding["article"]) == ("upload_process_files", "18")
    assert finding["fact"] == {"missing": ["tender", "award", "commencement"]}
    contracted.uploaded("tender", "award", "commencement")
    assert contracted.post(path, body, "archivist").status_code == 201


def test_material_may_come_before_its_milestone(archive, events):
    archive.tell(events.declared())
    archive.uploaded("progress")
    assert material(archive)["progress"]["files"] == 1


def test_a_file_that_nobody_uploaded(contracted):
    path = f"/projects/{contracted.project}/process-files"
    answer = contracted.post(path, {"kind": "tender", "file_id": str(uuid4())})
    assert (answer.status_code, answer.json()["code"]) == (422, "file_unknown")
    assert material(contracted)["tender"]["files"] == 0


def test_another_units_project(contracted):
    path = f"/projects/{contracted.project}/process-files"
    body = {"kind": "tender", "file_id": str(uuid4())}
    answer = contracted.call("POST", path, "unit", "亭湖区卫健委", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_unit")
