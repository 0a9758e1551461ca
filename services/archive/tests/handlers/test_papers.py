"""A class is complete when each paper that the project has is archived or explained (Art 39)."""

from datetime import timedelta

import pytest
from sqlmodel import select

from govproject.terms import ContractSubject, PaperKind
from govproject_archive.tables import DuePaper, VolumeItem


@pytest.fixture
def told(archive, events):
    archive.tell(
        events.declared(),
        events.pre_reviewed(),
        events.concluded(),
        events.evaluated(),
        events.approved(),
    )
    return archive


def check(archive):
    body = {"inspector": "王五"}
    return archive.post(f"/projects/{archive.project}/archive-checks", body, "archivist")


def blocking(archive):
    answer = check(archive)
    assert (answer.status_code, answer.json()["code"]) == (409, "refused")
    return {f["rule"]: f["fact"] for f in answer.json()["findings"] if f["severity"] == "block"}


def item(kind, **more: str):
    return {"title": "文件", "pages": 2, "dated_on": "2026-02-03", "kind": kind, **more}


def states(archive, file_class):
    return {paper["kind"]: paper["state"] for paper in archive.papers(file_class)}


def test_one_sheet_does_not_archive_a_class(told):
    told.handed_over("approval", 1)
    fact = blocking(told)["archive_papers_complete"]
    assert fact["file_class"] == "approval"
    assert [each.rpartition("的")[2] for each in fact["missing"]] == [
        "可行性研究报告",
        "专家评审意见",
        "财政评审报告",
    ]
    told.handed_over("approval", [item("fiscal_report"), item("expert_opinion")])
    assert len(blocking(told)["archive_papers_complete"]["missing"]) == 1
    told.complete("approval")
    assert check(told).status_code == 201


def test_a_paper_in_a_volume_that_is_not_handed_over_is_still_missing(told):
    told.handed_over("approval", 1)
    told.listed("approval", 4)
    assert states(told, "approval")["feasibility_report"] == "missing"


def test_what_is_called_other_counts_for_nothing(told):
    told.handed_over("approval", [item("other")])
    assert set(states(told, "approval").values()) == {"missing"}


def test_a_paper_is_asked_for_only_when_there_is_one(archive, events):
    """No panel that said no, no fiscal report where none was recorded."""
    archive.tell(events.declared(), events.concluded(passed=False), events.approved())
    assert states(archive, "approval") == {"approval_reply": "missing"}
    archive.handed_over("approval", 1)
    assert check(archive).status_code == 201


def test_each_contract_has_its_own_papers(told, events):
    told.tell(events.contract(), events.contract())
    told.uploaded(*("tender", "award", "commencement") * 2)
    for file_class in ("approval", "procurement"):
        told.complete(file_class)
    _, second = told.papers("contract")
    told.handed_over("contract", [item("contract_text", record=second["record"])])
    assert [paper["state"] for paper in told.papers("contract")] == ["missing", "archived"]
    assert len(blocking(told)["archive_papers_complete"]["missing"]) == 1
    told.handed_over("contract", [item("contract_text")])
    assert check(told).status_code == 201


def test_what_a_contract_is_about_decides_on_its_papers(told, events):
    goods, services = (
        events.contract().model_copy(update={"subject": subject})
        for subject in (ContractSubject.GOODS, ContractSubject.SERVICE)
    )
    told.tell(goods, services)
    plans = [p["record"] for p in told.papers("implementation")]
    assert set(plans) == {str(goods.contract_id)}
    assert len(told.papers("contract")) == 2


def test_the_papers_of_building_and_acceptance(told, events):
    told.tell(
        events.contract(supervisor="盐城监理公司"),
        events.changed(),
        events.completed(),
        events.preliminary(),
        events.trial_ended(),
        events.tested(),
    )
    assert list(states(told, "implementation")) == [
        "implementation_plan",
        "start_report",
        "change_document",
        "completion_report",
    ]
    assert list(states(told, "final_acceptance")) == ["preliminary_opinion", "trial_report"]
    assert (states(told, "test"), states(told, "supervision")) == ({"test_report": "missing"}, {})
    told.tell(events.final())
    assert list(states(told, "final_acceptance"))[2:] == ["self_report", "final_opinion"]
    assert list(states(told, "supervision")) == ["supervision_plan", "supervision_report"]
    told.uploaded("tender", "award", "commencement", "completion", "progress")
    for file_class in ("approval", "procurement", "contract", "test", "supervision"):
        told.complete(file_class)
    told.handed_over("final_acceptance", 4)
    told.handed_over("implementation", 2)
    missing = blocking(told)["archive_papers_complete"]["missing"]
    assert [each.rpartition("的")[2] for each in missing] == ["变更报备材料", "竣工资料"]


def test_a_phase_that_was_archived_early_counts_with_its_papers(told, events):
    told.tell(events.contract())
    told.handed_over("implementation", [item("start_report")])
    assert states(told, "implementation")["start_report"] == "archived"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (item("contract_text"), "paper_of_another_class"),
        (item("approval_reply", record="没有的文号"), "paper_not_asked_for"),
        (item("other", record="甲"), "paper_not_asked_for"),
    ],
)
def test_a_file_of_another_class_or_record_is_not_composed(told, wrong, code):
    body = {
        "file_class": "approval",
        "title": "卷",
        "composed_by": "张三",
        "retention": "years_30",
        "access": "open",
    }
    answer = told.post(
        f"/projects/{told.project}/volumes", {**body, "items": [item("approval_reply"), wrong]}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert told.get(f"/projects/{told.project}/volumes").json()["items"] == []


def test_what_an_older_build_took_in_is_not_asked_for(told):
    """It kept no papers; its volumes name no kinds."""
    told.handed_over("approval", 1)
    with told.runtime.db.write() as session:
        for row in session.exec(select(DuePaper)).all():
            session.delete(row)
        (only,) = session.exec(select(VolumeItem)).all()
        only.kind = None
    assert told.papers("approval") == []
    assert check(told).status_code == 201


def test_a_second_round_asks_for_nothing_twice(told, events):
    later = told.runtime.clock() + timedelta(days=1)
    told.runtime.clock = lambda: later
    told.tell(events.pre_reviewed(), events.concluded(), events.evaluated())
    assert [paper["kind"] for paper in told.papers("approval")] == [
        PaperKind.APPROVAL_REPLY,
        PaperKind.FEASIBILITY_REPORT,
        PaperKind.EXPERT_OPINION,
        PaperKind.FISCAL_REPORT,
    ]
