"""Each trigger opens a duty to archive in time; the handover closes it (Art 40)."""

from datetime import date, datetime, timedelta
from itertools import permutations

import pytest
from sqlmodel import select

from govproject.clock import SHANGHAI
from govproject.contracts.intake import CALENDAR, WorkingDaysAnnounced
from govproject.obligations import reminding
from govproject_archive.handlers.obligations import KEEPER
from govproject_archive.tables import DueFile


def duties(archive, status=""):
    items = archive.get(f"/obligations{status}", as_="unit").json()["items"]
    return {each["rule"]: each for each in items}


def notice_of_2027():
    """New Year's Day alone is off, beside the weekends."""
    days = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
    off = [day for day in days if day.isoweekday() > 5 or day == date(2027, 1, 1)]
    return WorkingDaysAnnounced(
        project_id=CALENDAR,
        notice="国办发明电〔2026〕7号",
        working_days=tuple(day for day in days if day not in off),
        days_off=tuple(off),
        imported_by="bureau",
        imported_at=datetime(2026, 11, 4, 9, 0, tzinfo=SHANGHAI),
    )


@pytest.fixture
def told(archive, events):
    archive.tell(events.declared(), events.approved())
    return archive


def test_a_trigger_opens_a_duty_with_a_day(told):
    """It counts from the day on which the approval was recorded, which came after its own."""
    duty = duties(told)["archive_approval_files"]
    assert (duty["article"], duty["due_on"], duty["overdue"]) == ("40", "2026-08-31", False)
    assert "立项文件" in duty["task"]
    (opened,) = told.published("obligation.opened")
    assert (opened.rule, opened.due_on) == ("archive_approval_files", date(2026, 8, 31))


def test_every_record_has_its_own_duty(told, events):
    told.tell(events.contract(supervisor="盐城监理公司"), events.contract(), events.tested())
    told.tell(events.final())
    rules = sorted(
        event.rule
        for event in told.published("obligation.opened")
        if event.rule != "upload_process_files"
    )
    assert rules == sorted(
        [
            "archive_approval_files",
            *["archive_procurement_files", "archive_contract_files"] * 2,
            "archive_test_files",
            "archive_implementation_files",
            "archive_supervision_files",
            "archive_final_files",
        ]
    )


@pytest.mark.parametrize("order", list(permutations(["declared", "approved"])))
def test_a_duty_is_opened_once_whichever_event_comes_first(archive, events, order):
    archive.tell(*(getattr(events, name)() for name in order))
    archive.tell(events.declared())
    assert len(archive.published("obligation.opened")) == 1


def test_the_handover_closes_it_and_nothing_else_does(told):
    duty = duties(told)["archive_approval_files"]
    answer = told.post(f"/obligations/{duty['id']}/closure", {"proof": "已归档"})
    assert (answer.status_code, answer.json()["code"]) == (409, "closed_by_handover")
    told.listed("approval")
    assert told.published("obligation.closed") == []
    told.handed_over("approval")
    (closed,) = told.published("obligation.closed")
    assert str(closed.obligation_id) == duty["id"]
    assert "交接清册JJ-2026-" in duties(told)["archive_approval_files"]["proof"]


def test_a_class_that_lacks_a_paper_stays_open(told, events):
    told.tell(events.evaluated())
    told.handed_over("approval", 1)
    assert told.published("obligation.closed") == []
    told.complete("approval")
    assert len(told.published("obligation.closed")) == 1


def test_a_reason_for_the_last_paper_closes_it_too(told, events):
    told.tell(events.evaluated())
    told.handed_over("approval", 1)
    body = {"kind": "fiscal_report", "reason": "原件已毁", "declared_by": "张三"}
    assert told.post(f"/projects/{told.project}/absent-papers", body).status_code == 201
    assert len(told.published("obligation.closed")) == 1


def test_another_class_or_an_early_phase_closes_nothing(told, events):
    told.tell(events.contract())
    told.handed_over("implementation")
    told.complete("contract")
    told.tell(events.final())
    closed = {event.obligation_id for event in told.published("obligation.closed")}
    opened = told.published("obligation.opened")
    assert [e.rule for e in opened if e.obligation_id in closed] == ["archive_contract_files"]


def test_each_contract_has_its_own_papers(told, events):
    """One volume may hold both; here each contract's comes for itself."""
    first, second = events.contract(), events.contract()
    told.tell(first, second)

    def of(contract):
        return [
            {
                "title": "合同",
                "pages": 9,
                "dated_on": "2026-03-20",
                "kind": "contract_text",
                "record": str(contract.contract_id),
            }
        ]

    told.handed_over("contract", of(first))
    (closed,) = told.published("obligation.closed")
    told.handed_over("contract", of(second))
    assert len(told.published("obligation.closed")) == 2
    with told.runtime.db.read() as session:
        due = session.exec(select(DueFile).where(DueFile.obligation_id == closed.obligation_id))
        assert due.one().record == str(first.contract_id)


def test_a_check_that_passes_closes_what_was_there_already(told, events):
    """A volume may come to the archive before the news of the record that it holds as well."""
    told.handed_over("approval")
    told.tell(events.approved().model_copy(update={"approval_number": "亭数批〔2026〕40号"}))
    assert len(told.published("obligation.closed")) == 1
    answer = told.post(f"/projects/{told.project}/archive-checks", {"inspector": "王"}, "archivist")
    assert answer.status_code == 201, answer.text
    assert len(told.published("obligation.closed")) == 2


def test_a_day_in_a_year_without_notice_is_an_estimate_until_it_comes(archive, events):
    late = events.approved().model_copy(update={"approved_on": date(2026, 12, 21)})
    archive.tell(events.declared(), late)
    assert duties(archive)["archive_approval_files"]["due_provisional"] is True
    archive.tell(notice_of_2027())
    (moved,) = archive.published("obligation.rescheduled")
    assert (moved.due_on, moved.due_provisional) == (date(2027, 1, 19), False)
    assert duties(archive)["archive_approval_files"]["due_on"] == "2027-01-19"


def test_the_unit_is_told_what_to_compose_until_a_volume_is_on_its_way(told):
    def errands():
        page = told.get(f"/projects/{told.project}/next-step", "unit").json()
        return [(each["about"], each["command"]["path"]) for each in page["errands"]]

    assert errands() == [("立项文件", f"/api/v1/projects/{told.project}/volumes")]
    volume = told.composed("approval")
    assert errands() == []
    told.step(volume, "withdrawal", withdrawn_by="张三", reason="页码有误")
    assert len(errands()) == 1
    told.handed_over("approval")
    assert errands() == []


def test_what_is_late_is_said_once(told):
    now = told.runtime.clock() + timedelta(days=29)
    while reminding.notice_next(told.runtime.db, KEEPER.events, now):
        pass
    (late,) = told.published("obligation.overdue")
    assert (late.rule, late.due_on) == ("archive_approval_files", date(2026, 8, 31))


def test_what_an_older_build_opened_has_no_duty_and_can_be_archived(told):
    with told.runtime.db.write() as session:
        session.exec(select(DueFile)).one().obligation_id = None
    told.handed_over("approval")
    assert told.published("obligation.closed") == []
