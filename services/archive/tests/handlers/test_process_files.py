"""Process material: asked for from its milestone on, a reminder first, a refusal at the check."""

from datetime import date
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


def test_each_contract_asks_for_its_own(contracted, events):
    """What a test or preparing contract brought is not the construction contract's (Art 18)."""
    contracted.uploaded("tender", "award", "commencement")
    changes = {"contract_id": new_id(), "contractor": "另一公司", "award_notice_on": "2026-03-05"}
    second = events.contract().model_validate(events.contract().model_dump() | changes)
    contracted.tell(second)
    tender = material(contracted)["tender"]
    assert tender["outstanding"] == ["2026-03-05签发中标通知书（承建单位另一公司）"]
    assert tender["overdue"] is True
    for file_class in ("procurement", "contract"):
        contracted.complete(file_class)
    path, body = f"/projects/{contracted.project}/archive-checks", {"inspector": "王五"}
    answer = contracted.post(path, body, "archivist").json()
    left = [f for f in answer["findings"] if f["severity"] == "block"]
    assert [(f["rule"], f["article"]) for f in left] == [("upload_process_files", "18")] * 3
    assert "招标文件还有1项" in left[0]["message"]
    assert "所属的合同" in left[0]["remedy"]
    contracted.uploaded("tender", "award", contract_id=second.contract_id)
    contracted.uploaded("commencement")
    assert contracted.post(path, body, "archivist").status_code == 201


def test_a_contract_that_builds_nothing_begins_with_the_project(contracted, events):
    changes = {"contract_id": new_id(), "subject": "test", "contractor": "测评中心"}
    contracted.tell(events.contract().model_validate(events.contract().model_dump() | changes))
    contracted.uploaded("tender", "award", "commencement")
    kinds = material(contracted)
    assert [len(kinds[kind]["outstanding"]) for kind in ("tender", "award")] == [1, 1]


def test_a_file_that_names_a_contract_is_what_the_project_asks_for_once(archive, events):
    """Completion and progress are asked for once, and people are told to name the contract."""
    contract = events.contract()
    archive.tell(events.declared(), contract, events.completed())
    archive.uploaded("completion", "progress", contract_id=contract.contract_id)
    kinds = material(archive)
    assert [kinds[kind]["outstanding"] for kind in ("completion", "progress")] == [[], []]


def test_a_commencement_that_names_one_that_does_not_build_is_not_the_builders(archive, events):
    contract = events.contract()
    changes = {"contract_id": new_id(), "contractor": "测评中心", "subject": "test"}
    test = contract.model_validate(contract.model_dump() | changes)
    archive.tell(events.declared(), contract, test)
    archive.uploaded("commencement", contract_id=test.contract_id)
    (left,) = material(archive)["commencement"]["outstanding"]
    assert "盐城软件公司" in left
    archive.uploaded("commencement", contract_id=contract.contract_id)
    assert material(archive)["commencement"]["outstanding"] == []


def test_a_file_of_a_contract_that_is_not_the_projects(contracted):
    path = f"/projects/{contracted.project}/process-files"
    file_id = contracted.stored()["id"]
    body = {"kind": "tender", "file_id": file_id, "contract_id": str(uuid4())}
    answer = contracted.post(path, body)
    assert (answer.status_code, answer.json()["code"]) == (422, "contract_unknown")


@pytest.mark.parametrize(
    ("told", "basis"),
    [
        (("completed",), "2026-05-29建设完成（建设完成登记）"),
        (("completed", "preliminary", "final"), "2026-05-29建设完成（建设完成登记）"),
        (("final",), "2026-08-01最终验收通过（第1次终验）"),
    ],
)
def test_what_is_built_has_its_material_without_a_preliminary(archive, events, told, basis):
    archive.tell(events.declared(), *(getattr(events, name)() for name in told))
    kinds = material(archive)
    assert [kinds[kind]["basis"] for kind in ("completion", "progress")] == [basis, basis]
    assert kinds["completion"]["outstanding"] == [basis]


def test_what_is_late_is_shown_and_no_longer_once_it_is_there(contracted):
    tender = material(contracted)["tender"]
    assert (tender["remind_on"], tender["overdue"], tender["files"]) == ("2026-04-01", True, 0)
    contracted.uploaded("tender")
    tender = material(contracted)["tender"]
    assert (tender["overdue"], tender["files"]) == (False, 1)


def test_a_day_of_completion_that_was_wrong_is_put_right(archive, events):
    corrected = {"completed_on": date(2026, 5, 20), "corrected_from": date(2026, 5, 29)}
    archive.tell(events.declared(), events.completed())
    before = [(p["kind"], p["basis"]) for p in archive.papers("implementation")]
    assert "2026-05-29" in dict(before)["completion_report"]
    archive.tell(events.completed().model_copy(update=corrected))
    progress = material(archive)["completion"]
    assert (progress["reached_on"], progress["basis"]) == (
        "2026-05-20",
        "2026-05-20建设完成（建设完成登记）",
    )
    after = [(p["kind"], p["basis"]) for p in archive.papers("implementation")]
    assert after == [(kind, text.replace("05-29", "05-20")) for kind, text in before]


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
