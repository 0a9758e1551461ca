"""What does not exist is said, confirmed by the unit's head, and withdrawn when found (Art 39)."""

import pytest
from sqlmodel import select

from govproject.ids import new_id
from govproject.terms import PaperKind
from govproject_archive.tables import AbsenceConfirmation, AbsentPaper

ALL = ("approval_reply", "feasibility_report")


@pytest.fixture
def told(archive, events):
    """A class of two papers, a unit whose archives 赵六 heads."""
    archive.tell(events.declared(), events.pre_reviewed(), events.approved())
    body = {"head": "赵六", "managed_by": "办公室", "rules": "办法", "standards": "DA/T 28"}
    assert archive.post("/unit-archives", body).status_code == 201
    return archive


@pytest.fixture
def empty(told):
    """Of the class nothing is there but a sheet that says so."""
    for kind in ALL:
        assert absent(told, kind).status_code == 201
    told.handed_over("approval", [item("other")])
    return told


def item(kind, **more: str):
    return {"title": "文件", "pages": 2, "dated_on": "2026-02-03", "kind": kind, **more}


def absent(archive, kind, as_="unit", **more: str):
    body = {"kind": kind, "reason": "接管的项目，未保存原件", "declared_by": "张三", **more}
    return archive.post(f"/projects/{archive.project}/absent-papers", body, as_)


def confirm(archive, *kinds: str, as_="unit", unit=None, **more: object):
    body = {
        "papers": [{"kind": kind} for kind in kinds],
        "confirmed_by": "赵六",
        "reason": "已查库房和原经办人，确无原件",
        "file_id": archive.stored("确认书.pdf")["id"],
        **more,
    }
    path = f"/projects/{archive.project}/absence-confirmations"
    return archive.post(path, body, as_, unit=unit)


def check(archive):
    body = {"inspector": "王五"}
    return archive.post(f"/projects/{archive.project}/archive-checks", body, "archivist")


def blocking(archive):
    answer = check(archive)
    assert (answer.status_code, answer.json()["code"]) == (409, "refused")
    return {f["rule"]: f["fact"] for f in answer.json()["findings"] if f["severity"] == "block"}


def paper(archive, kind):
    return next(each for each in archive.papers("approval") if each["kind"] == kind)


def errands(archive):
    page = archive.get(f"/projects/{archive.project}/next-step", "unit").json()
    return {each["step"]: each for each in page["errands"]}


def test_one_other_sheet_does_not_stand_for_a_class(empty):
    [(rule, fact)] = blocking(empty).items()
    assert (rule, len(fact["unconfirmed"])) == ("archive_absences_confirmed", 2)
    answer = confirm(empty, *ALL)
    assert answer.status_code == 201, answer.text
    assert [each["state"] for each in answer.json()["papers"]] == ["absent", "absent"]
    passed = check(empty)
    assert passed.status_code == 201, passed.text
    assert "archive_papers_explained" in [each["rule"] for each in passed.json()["warnings"]]


def test_each_absence_is_named(empty):
    assert confirm(empty, "approval_reply").status_code == 201
    [left] = blocking(empty)["archive_absences_confirmed"]["unconfirmed"]
    assert left.endswith("可行性研究报告")
    assert confirm(empty, "feasibility_report").status_code == 201
    assert check(empty).status_code == 201


def test_one_paper_that_is_there_makes_it_a_class(empty):
    empty.handed_over("approval", [item("approval_reply")])
    assert check(empty).status_code == 201


def test_while_one_is_missing_it_is_asked_for_itself(told):
    absent(told, "approval_reply")
    told.handed_over("approval", [item("other")])
    assert set(blocking(told)) == {"archive_papers_complete"}


def test_the_next_step_names_the_command(empty):
    errand = errands(empty)["确认整类没有材料"]
    assert errand["command"]["path"].endswith(f"/projects/{empty.project}/absence-confirmations")
    assert errand["about"].startswith(
        "立项文件：2026-02-03取得批复意见（批复文号亭数批〔2026〕12号）的"
    )
    assert confirm(empty, *ALL).status_code == 201
    assert "确认整类没有材料" not in errands(empty)


def test_the_duty_to_archive_is_closed_by_the_confirmation(empty):
    assert empty.published("obligation.closed") == []
    assert confirm(empty, *ALL).status_code == 201
    assert len(empty.published("obligation.closed")) == 1


@pytest.mark.parametrize(
    ("who", "code"),
    [("李四", "not_the_head"), ("张三", "not_the_head"), ("赵 六（办公室主任）", None)],
)
def test_who_heads_the_archives_confirms(empty, who, code):
    assert confirm(empty, *ALL, confirmed_by=who).json().get("code") == code


def test_who_said_it_does_not_confirm_it(told):
    assert absent(told, "approval_reply", declared_by="赵六").status_code == 201
    answer = confirm(told, "approval_reply")
    assert (answer.status_code, answer.json()["code"]) == (409, "declarer_confirms")


def test_a_unit_without_a_head_on_record_confirms_nothing(archive, events):
    archive.tell(events.declared(), events.approved())
    assert absent(archive, "approval_reply").status_code == 201
    answer = confirm(archive, "approval_reply")
    assert (answer.status_code, answer.json()["code"]) == (409, "head_not_on_record")


@pytest.mark.parametrize(
    ("kinds", "status", "code"),
    [
        (("approval_reply", "feasibility_report"), 422, "paper_not_absent"),
        (("approval_reply", "test_report"), 422, "paper_not_asked_for"),
    ],
)
def test_only_what_is_said_can_be_confirmed_and_nothing_by_halves(told, kinds, status, code):
    assert absent(told, "approval_reply").status_code == 201
    answer = confirm(told, *kinds)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    with told.runtime.db.read() as session:
        assert session.exec(select(AbsenceConfirmation)).all() == []
        assert session.exec(select(AbsentPaper)).one().confirmation_id is None


def test_what_is_confirmed_is_confirmed_once(empty):
    assert confirm(empty, *ALL).status_code == 201
    assert confirm(empty, "approval_reply").json()["code"] == "absence_confirmed"


def test_a_confirmation_has_a_file(empty):
    answer = confirm(empty, *ALL, file_id="019ad000-0000-7000-8000-000000000000")
    assert (answer.status_code, answer.json()["code"]) == (422, "file_unknown")


def test_a_later_word_is_confirmed_by_itself(empty):
    assert confirm(empty, *ALL).status_code == 201
    assert absent(empty, "approval_reply", reason="批复原件移交后遗失").status_code == 201
    assert len(blocking(empty)["archive_absences_confirmed"]["unconfirmed"]) == 1


def test_only_the_projects_unit_confirms(empty):
    assert confirm(empty, *ALL, as_="archivist").status_code == 403
    with empty.runtime.db.read() as session:
        assert session.exec(select(AbsenceConfirmation)).all() == []


def test_what_an_older_build_was_told_passes_as_before(empty):
    """It asked for no name."""
    with empty.runtime.db.write() as session:
        for row in session.exec(select(AbsentPaper)):
            row.declared_by = None
    assert check(empty).status_code == 201


def test_a_paper_in_the_archive_exists(told):
    told.handed_over("approval", 1)
    answer = absent(told, "approval_reply")
    assert (answer.status_code, answer.json()["code"]) == (409, "paper_archived")
    assert paper(told, "approval_reply")["absences"] == []


@pytest.fixture
def contracts(told, events):
    """The records of two contracts; of the first no text is said to exist, the second's is there.

    The file that is there names none.
    """
    told.tell(events.contract(), events.contract())
    told.handed_over("contract", [item("contract_text")])
    first, second = told.papers("contract")
    assert (first["state"], second["state"]) == ("archived", "missing")
    said = absent(told, "contract_text", record=first["record"])
    assert said.json()["state"] == "absent", said.text
    assert contract_states(told) == ["absent", "archived"]
    return first["record"], second["record"]


def contract_states(archive):
    return [each["state"] for each in archive.papers("contract")]


def test_a_second_file_that_names_no_contract_makes_no_word_void(told, contracts):
    """It may be a supplement to the contract whose text is there."""
    volume = told.composed("contract", [item("contract_text")])
    [pointed_out] = told.get(f"/volumes/{volume}").json()["pointed_out"]
    assert pointed_out.startswith("第1件合同文本没有写明所属的记录")
    told.handed_over("contract", [item("contract_text")])
    first, _ = told.papers("contract")
    assert contract_states(told) == ["absent", "archived"]
    assert [each["withdrawn_at"] for each in first["absences"]] == [None]


def test_of_each_of_two_contracts_it_can_be_said_while_no_file_names_it(told, contracts):
    told.handed_over("contract", [item("contract_text")])
    for record in contracts:
        answer = absent(told, "contract_text", record=record)
        assert (answer.status_code, answer.json()["state"]) == (201, "absent")


def test_a_file_that_names_its_contract_makes_the_word_void(told, contracts):
    first, _ = contracts
    volume = told.composed("contract", [item("contract_text", record=first)])
    [pointed_out] = told.get(f"/volumes/{volume}").json()["pointed_out"]
    assert "该说明即行撤销" in pointed_out
    told.handed_over("contract", [item("contract_text", record=first)])
    assert contract_states(told) == ["archived", "archived"]
    answer = absent(told, "contract_text", record=first)
    assert (answer.status_code, answer.json()["code"]) == (409, "paper_archived")


def test_what_is_archived_after_all_withdraws_the_word(told):
    assert absent(told, "approval_reply").status_code == 201
    assert absent(told, "approval_reply", reason="原件已毁").status_code == 201
    assert absent(told, "feasibility_report").status_code == 201
    volume = told.composed("approval", [item("approval_reply")])
    [pointed_out] = told.get(f"/volumes/{volume}").json()["pointed_out"]
    assert "张三曾说明没有（原件已毁）" in pointed_out
    assert paper(told, "approval_reply")["state"] == "absent"
    told.step(volume, "review", reviewed_by="李四")
    told.step(volume, "handover-list", prepared_by="张三")
    told.step(volume, "confirmations", confirmed_by="张三", item_count=1)
    last = told.step(volume, "confirmations", "archivist", confirmed_by="王五", item_count=1)
    assert last["pointed_out"] == []
    found = paper(told, "approval_reply")
    assert (found["state"], found["reason"]) == ("archived", None)
    assert [each["archived_in"] for each in found["absences"]] == [volume, volume]
    [other] = paper(told, "feasibility_report")["absences"]
    assert (other["withdrawn_at"], other["archived_in"]) == (None, None)


def test_a_word_that_an_older_build_took_of_what_was_there_is_not_withdrawn_by_the_next(
    told, events
):
    told.tell(events.contract())
    told.handed_over("contract", [item("contract_text")])
    [only] = told.papers("contract")
    with told.runtime.db.write() as session:
        session.add(
            AbsentPaper(
                id=new_id(),
                project_id=told.project,
                kind=PaperKind.CONTRACT_TEXT,
                record=only["record"],
                reason="接管的项目，未保存原件",
                recorded_by="张三",
                recorded_at=events.contract().recorded_at,
            )
        )
    told.handed_over("contract", [item("contract_text")])
    [only] = told.papers("contract")
    assert only["state"] == "archived"
    assert [(each["withdrawn_at"], each["archived_in"]) for each in only["absences"]] == [
        (None, None)
    ]


def test_all_words_are_shown_with_what_became_of_them(empty):
    assert confirm(empty, "approval_reply").status_code == 201
    assert absent(empty, "approval_reply", declared_by="孙七", reason="原件已毁").status_code == 201
    found = paper(empty, "approval_reply")
    assert found["reason"] == "原件已毁"
    assert [
        (each["declared_by"], each["reason"], each["confirmed_by"]) for each in found["absences"]
    ] == [("张三", "接管的项目，未保存原件", "赵六"), ("孙七", "原件已毁", None)]
    assert found["absences"][0]["confirmation"] == "已查库房和原经办人，确无原件"


def test_whoever_checks_sees_why(told):
    told.handed_over("approval", 1)
    answer = absent(told, "feasibility_report")
    assert (answer.status_code, answer.json()["state"]) == (201, "absent")
    (warning,) = (
        w for w in check(told).json()["warnings"] if w["rule"] == "archive_papers_explained"
    )
    [words] = warning["fact"]["absent"]
    assert words.endswith("的可行性研究报告：接管的项目，未保存原件")


@pytest.mark.parametrize(
    ("kind", "more"), [("test_report", {}), ("other", {}), ("approval_reply", {"record": "别的"})]
)
def test_nothing_is_explained_that_nobody_asks_for(told, kind, more):
    answer = absent(told, kind, **more)
    assert (answer.status_code, answer.json()["code"]) == (422, "paper_not_asked_for")
    with told.runtime.db.read() as session:
        assert session.exec(select(AbsentPaper)).all() == []


def test_only_the_projects_unit_explains(told):
    assert absent(told, "approval_reply", "archivist").status_code == 403
    body = {"kind": "approval_reply", "reason": "没有", "declared_by": "张三"}
    path = f"/projects/{told.project}/absent-papers"
    assert told.post(path, body, unit="别的单位").json()["code"] == "not_your_unit"
