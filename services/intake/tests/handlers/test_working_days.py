"""The yearly notices: taken in whole, told to the other services, shown with their numbers."""

from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from govproject.contracts.intake import CALENDAR

NOTICE = "国办发明电〔2026〕7号"
NEW_YEAR = [("2027-01-01", False), ("2027-01-02", False), ("2027-01-03", False)]
HOLIDAYS = [*NEW_YEAR, ("2027-02-06", True), ("2027-10-01", False), ("2027-10-09", True)]


def body(days=HOLIDAYS, notice=NOTICE):
    return {"days": [{"day": d, "is_working": w, "notice": notice} for d, w in days]}


def workbook(intake, *rows: tuple[object, ...], columns=("日期", "是否工作日", "依据")):
    book = Workbook()
    book.active.append(columns)
    for row in rows:
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    params = {"name": "安排.xlsx"}
    answer = intake.call("POST", "/files", "bureau", params=params, content=content.getvalue())
    return {"file_id": answer.json()["id"]}


def test_a_whole_notice_publishes_a_year(intake):
    assert intake.get("/working-days?year=2027").json() == {
        "year": 2027,
        "published": False,
        "days": [],
    }
    answer = intake.done("/working-days", body(), "bureau")
    assert answer == {"listed": 6, "changed": 6, "followed": 359, "years": [2027]}
    view = intake.get("/working-days?year=2027", "unit").json()
    assert view["published"] is True
    days = {each["day"]: each for each in view["days"]}
    assert days["2027-01-01"]["is_working"] is False  # a Friday
    assert days["2027-02-06"]["is_working"] is True  # a Saturday
    assert days["2027-02-07"]["is_working"] is False
    assert days["2027-03-01"] == {
        "day": "2027-03-01",
        "is_working": True,
        "notice": NOTICE,
        "imported_by": days["2027-01-01"]["imported_by"],
        "imported_at": "2026-08-03T09:30:00+08:00",
    }


def test_the_others_are_told_in_a_stream_of_the_calendars_own(intake):
    intake.done("/working-days", body(), "bureau")
    (event,) = intake.published("working_days.announced")
    assert event.project_id == CALENDAR
    assert (event.notice, len(event.working_days) + len(event.days_off)) == (NOTICE, 365)
    assert date(2027, 10, 9) in event.working_days
    assert date(2027, 10, 1) in event.days_off


def test_a_year_of_the_built_in_calendar_is_published_and_corrected_day_by_day(intake):
    view = intake.get("/working-days?year=2026").json()
    assert (view["published"], view["days"][0]["notice"]) == (True, None)
    answer = intake.done("/working-days", body([("2026-08-10", False)], "苏政办1号"), "bureau")
    assert answer == {"listed": 1, "changed": 1, "followed": 0, "years": [2026]}
    intake.done("/working-days", body([("2026-08-10", True)], "苏政办2号"), "bureau")
    days = intake.get("/working-days?year=2026").json()["days"]
    (corrected,) = [each for each in days if each["notice"]]
    assert (corrected["day"], corrected["is_working"]) == ("2026-08-10", True)
    assert len(days) == 365


@pytest.mark.parametrize("left_out", ["2027-01-01", "2027-10-01"])
def test_a_new_year_needs_its_whole_notice(intake, problem, left_out):
    days = [each for each in HOLIDAYS if each[0] != left_out]
    found = problem(intake.post("/working-days", body(days), "bureau"), 422, "working_days_invalid")
    assert [row["place"] for row in found["rows"]] == ["2027年"]
    assert intake.get("/working-days?year=2027").json()["days"] == []
    assert intake.published("working_days.announced") == []


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"days": []},
        {**body(), "file_id": "0198f000-0000-7000-8000-000000000000"},
        body([("2027-02-30", True)]),
        body([("2027-01-01", "否")]),
        body(notice=" "),
    ],
)
def test_a_list_that_makes_no_sense(intake, problem, wrong):
    problem(intake.post("/working-days", wrong, "bureau"), 422, "invalid_request")


def test_a_day_stands_in_a_list_once(intake, problem):
    answer = intake.post("/working-days", body([*HOLIDAYS, ("2027-01-02", True)]), "bureau")
    (row,) = problem(answer, 422, "working_days_invalid")["rows"]
    assert row == {"place": "第7行", "message": "2027-01-02已列在第2行"}


def test_a_workbook_in_the_words_of_officials(intake):
    listed = workbook(
        intake,
        (datetime(2027, 1, 1), "休", NOTICE),  # noqa: DTZ001  # as a cell holds it
        ("2027/2/6", "班", NOTICE),
        ("2027年10月1日", "否", NOTICE),
        ("2027-10-09", "是", NOTICE),
    )
    assert intake.done("/working-days", listed, "bureau")["listed"] == 4
    days = {d["day"]: d["is_working"] for d in intake.get("/working-days?year=2027").json()["days"]}
    assert (days["2027-02-06"], days["2027-10-01"], days["2027-10-09"]) == (True, False, True)


def test_one_bad_row_and_nothing_is_imported(intake, problem):
    listed = workbook(
        intake,
        ("2027-01-01", "休", NOTICE),
        ("2027-02-30", "休", NOTICE),
        ("2027-10-01", "也许", NOTICE),
        ("2027-10-02", "休"),
    )
    found = problem(intake.post("/working-days", listed, "bureau"), 422, "working_days_invalid")
    assert [(row["place"], row["message"][:4]) for row in found["rows"]] == [
        ("工作表“Sheet”A3", "没有这一"),
        ("工作表“Sheet”B4", "是否工作"),
        ("工作表“Sheet”C5", "必须填写"),
    ]
    assert intake.published("working_days.announced") == []


def test_a_workbook_without_the_columns(intake, problem):
    listed = workbook(intake, ("2027-01-01", "休", NOTICE), columns=("日期", "类型", "依据"))
    answer = intake.post("/working-days", listed, "bureau")
    assert "缺少“是否工作日”列" in problem(answer, 422, "headings_wrong")["detail"]
    problem(intake.post("/working-days", workbook(intake), "bureau"), 422, "table_empty")


def test_an_exported_year_imports_again_and_changes_nothing(intake):
    intake.done("/working-days", body(), "bureau")
    intake.done("/working-days", body([("2026-08-10", False)], "苏政办1号"), "bureau")
    before = [intake.get(f"/working-days?year={year}").json() for year in (2026, 2027)]
    events = intake.published()
    for year in (2026, 2027):
        content = intake.get(f"/working-days.xlsx?year={year}", "unit").content
        params = {"name": f"{year}.xlsx"}
        file = intake.call("POST", "/files", "bureau", params=params, content=content).json()
        answer = intake.done("/working-days", {"file_id": file["id"]}, "bureau")
        assert (answer["listed"], answer["changed"], answer["followed"]) == (365, 0, 0)
    assert [intake.get(f"/working-days?year={year}").json() for year in (2026, 2027)] == before
    assert intake.published() == events


def test_the_built_in_calendar_is_changed_by_a_notice_only(intake, problem):
    answer = intake.post("/working-days", body([("2026-08-10", False)], "内置日历"), "bureau")
    (row,) = problem(answer, 422, "working_days_invalid")["rows"]
    assert row == {"place": "第1行", "message": "改动“内置日历”须填写依据（通知文号）"}


def test_a_rehearsal_keeps_no_day(intake):
    answer = intake.done("/working-days?dry_run=true", body(), "bureau")
    assert answer["changed"] == 6
    assert intake.get("/working-days?year=2027").json()["days"] == []
    assert intake.published() == []
