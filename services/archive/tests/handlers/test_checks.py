"""The archive check before final acceptance, and the supplementary one after it (Art 19)."""

from datetime import timedelta

import pytest
from sqlmodel import select

from govproject.terms import ContractSubject, FileClass
from govproject_archive.tables import ArchiveCheck, DueFile

both = pytest.mark.parametrize(
    "database_url",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.peer("postgresql"))],
    indirect=True,
)


@pytest.fixture
def told(archive, events):
    """Approved; the approval files are due."""
    archive.tell(events.declared(), events.approved())
    return archive


def check(archive, as_="archivist"):
    return archive.post(f"/projects/{archive.project}/archive-checks", {"inspector": "王五"}, as_)


def rules(answer):
    assert answer.status_code == 409, answer.text
    assert answer.json()["code"] == "refused"
    return [finding["rule"] for finding in blocking(answer)]


def blocking(answer):
    return [finding for finding in answer.json()["findings"] if finding["severity"] == "block"]


def recorded(archive):
    with archive.runtime.db.read() as session:
        return len(session.exec(select(ArchiveCheck)).all())


def test_a_class_that_is_due_and_missing_refuses_and_leaves_nothing(told):
    answer = check(told)
    assert rules(answer) == ["archive_approval_files"]
    assert blocking(answer)[0]["article"] == "40"
    assert answer.json()["detail"] == "立项文件已到归档时点，尚未交接归档。"
    assert recorded(told) == 0
    assert told.published("archive_check.passed") == []


@pytest.mark.parametrize("as_", ["archivist", "bureau"])
def test_everything_due_is_archived(told, as_):
    told.handed_over("approval")
    answer = check(told, as_)
    assert answer.status_code == 201
    view = answer.json()
    assert (view["outcome"], view["classes"], view["supplementary"]) == (
        "passed",
        ["approval"],
        False,
    )
    (event,) = told.published("archive_check.passed")
    assert event.classes == (FileClass.APPROVAL,)
    assert event.covered == ("approval/亭数批〔2026〕12号",)
    assert told.get(f"/projects/{told.project}").json()["last_check"] == "passed"


def test_a_check_before_anything_is_due_is_refused(archive, events):
    archive.tell(events.declared())
    assert rules(check(archive)) == ["file_in_time"]


@pytest.mark.parametrize(
    ("steps", "rule"),
    [
        ((), "volume_review"),
        ((("review", {"reviewed_by": "李四"}),), "handover_list"),
        (
            (("review", {"reviewed_by": "李四"}), ("handover-list", {"prepared_by": "张三"})),
            "both_sides_count",
        ),
        (
            (
                ("review", {"reviewed_by": "李四"}),
                ("handover-list", {"prepared_by": "张三"}),
                ("confirmations", {"confirmed_by": "张三", "item_count": 2}),
            ),
            "both_sides_count",
        ),
    ],
)
def test_a_volume_that_stopped_half_way_refuses(told, steps, rule):
    told.handed_over("approval")
    volume_id = told.composed("approval", title="补充卷")
    for name, body in steps:
        told.step(volume_id, name, **body)
    answer = check(told)
    assert rules(answer) == [rule]
    assert blocking(answer)[0]["fact"] == {"volume": "补充卷"}


def test_a_withdrawn_volume_and_one_ahead_of_its_time_hold_nothing_up(told):
    told.handed_over("approval")
    told.step(told.composed("approval"), "withdrawal", withdrawn_by="张三", reason="重复")
    told.composed("test")
    assert check(told).status_code == 201


@both
def test_the_supplementary_check_covers_what_fell_due_since(told, events):
    told.handed_over("approval")
    assert check(told).status_code == 201
    told.tell(events.contract(supervisor="盐城监理公司"), events.tested(), events.final())
    told.uploaded("tender", "award", "commencement", "completion", "progress")
    assert set(rules(check(told))) == {
        "archive_procurement_files",
        "archive_contract_files",
        "archive_implementation_files",
        "archive_supervision_files",
        "archive_test_files",
        "archive_final_files",
    }
    for file_class in FileClass:
        if file_class is not FileClass.APPROVAL:
            told.complete(file_class)
    view = check(told).json()
    assert (view["classes"], view["supplementary"]) == ([*FileClass], True)
    assert [event.classes for event in told.published("archive_check.passed")] == [
        (FileClass.APPROVAL,),
        tuple(FileClass),
    ]


def test_an_early_phase_does_not_pass_the_supplementary_check(archive, events):
    archive.tell(events.declared())
    archive.handed_over("implementation")
    archive.tell(events.tested(), events.final())
    assert "archive_implementation_files" in rules(check(archive))


def test_passing_twice_over_the_same_files_is_refused(told):
    told.handed_over("approval")
    assert check(told).status_code == 201
    again = check(told)
    assert (again.status_code, again.json()["code"]) == (409, "already_passed")
    assert recorded(told) == 1


def fail(archive, as_="archivist"):
    return archive.post(
        f"/projects/{archive.project}/archive-check-failures",
        {"inspector": "王五", "reasons": ["批复文件为复印件"]},
        as_,
    )


def test_a_failed_check_is_recorded_with_its_reasons(told):
    answer = fail(told)
    assert answer.status_code == 201
    assert (answer.json()["outcome"], answer.json()["classes"]) == ("failed", ["approval"])
    (event,) = told.published("archive_check.failed")
    assert event.reasons == ("批复文件为复印件",)


def test_after_a_failure_the_same_files_can_pass(told):
    told.handed_over("approval")
    assert check(told).status_code == 201
    assert fail(told).status_code == 201
    assert check(told).status_code == 201
    outcomes = told.get(f"/projects/{told.project}/archive-checks").json()["items"]
    assert [row["outcome"] for row in outcomes] == ["passed", "failed", "passed"]


def test_an_event_that_has_not_taken_effect_holds_the_check_up(told, events):
    told.handed_over("approval")
    told.sent["acceptance", str(told.project)] += 1  # the first one is still on its way
    told.tell(events.tested())
    answer = check(told)
    assert rules(answer) == ["archive_quality"]
    assert blocking(answer)[0]["fact"] == {"backlog": 1}


def test_what_was_told_too_long_ago_holds_the_check_up(told):
    told.handed_over("approval")
    told.hears = False
    later = told.runtime.clock() + timedelta(hours=24, minutes=1)
    told.runtime.clock = lambda: later
    answer = check(told)
    assert rules(answer) == ["archive_knowledge_is_current"]
    assert blocking(answer)[0]["fact"]["knowledge_age_minutes"] == 1441
    told.hears = True
    assert check(told).status_code == 201


def test_the_gate_can_be_asked_about_a_stored_project_without_effect(told):
    asked = {"project_id": str(told.project)}
    answer = told.post("/checks/archive", asked)
    assert [finding["rule"] for finding in blocking(answer)] == ["archive_approval_files"]
    decision = answer.json()
    assert decision["rule_pack"] == "tinghu-2025"
    told.handed_over("approval")
    assert told.post("/checks/archive", asked).json()["outcome"] == "allowed"
    assert recorded(told) == 0


def test_the_files_of_a_second_contract_are_archived_too(told, events):
    """One contract is archived and checked; the second's files were never asked for."""
    told.tell(events.contract())
    told.uploaded("tender", "award", "commencement")
    for file_class in ("approval", "procurement", "contract"):
        told.handed_over(file_class)
    assert check(told).status_code == 201
    later = told.runtime.clock() + timedelta(days=1)
    told.runtime.clock = lambda: later
    second = events.contract()
    told.tell(second)
    assert "upload_process_files" in rules(check(told))
    told.uploaded("tender", "award", "commencement")
    answer = check(told)
    assert set(rules(answer)) == {
        "archive_papers_complete",
        "archive_procurement_files",
        "archive_contract_files",
    }
    (finding,) = [f for f in blocking(answer) if f["rule"] == "archive_contract_files"]
    assert finding["article"] == "40"
    assert finding["message"] == (
        "合同文件还有1项已到归档时点而没有案卷：2026-03-20合同备案"
        f"（承建单位盐城软件公司，合同标识{str(second.contract_id)[-8:]}）。"
    )
    assert "可合并组卷" in finding["remedy"]
    shown = told.get(f"/projects/{told.project}").json()["classes"]
    assert [c["file_class"] for c in shown if c["outstanding"]] == ["procurement", "contract"]
    for file_class in ("procurement", "contract"):
        told.complete(file_class)
    assert check(told).status_code == 201
    again = check(told).json()
    assert (again["code"], "此后没有新的文件" in again["detail"]) == ("already_passed", True)


def test_one_volume_may_hold_the_files_of_two_contracts(told, events):
    told.tell(events.contract(), events.contract())
    told.uploaded(*("tender", "award", "commencement") * 2)
    for file_class in ("approval", "procurement", "contract"):
        told.complete(file_class)
    assert check(told).status_code == 201


def test_a_self_built_project_has_a_first_phase_checked(archive, events):
    """It has neither approval nor contract before its final."""
    archive.tell(events.declared())
    assert rules(check(archive)) == ["file_in_time"]
    archive.handed_over("implementation")
    assert check(archive).status_code == 201
    (event,) = archive.published("archive_check.passed")
    assert event.classes == ()


def test_a_supervision_contract_engages_a_supervisor(told, events):
    """Its files fall due with final acceptance (Art 40), though no other contract names him."""
    supervision = events.contract().model_copy(update={"subject": ContractSubject.SUPERVISION})
    told.tell(events.contract(), supervision, events.final())
    classes = told.get(f"/projects/{told.project}").json()["classes"]
    due = {each["file_class"]: each["basis"] for each in classes if each["due_on"]}
    assert "监理单位盐城软件公司" in due["supervision"]


def test_a_check_of_an_older_build_covers_what_had_fallen_due_under_it(told, events):
    told.handed_over("approval")
    assert check(told).status_code == 201
    with told.runtime.db.write() as session:
        (passed,) = session.exec(select(ArchiveCheck)).all()
        (due,) = session.exec(select(DueFile)).all()
        passed.covered, due.record = None, ""
    assert check(told).json()["code"] == "already_passed"
    told.tell(events.contract())
    assert "archive_contract_files" in rules(check(told))
