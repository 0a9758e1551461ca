"""Filings from a table: handed in, corrected, or left as they are."""

import io
from typing import Any

import openpyxl
import pytest

from govproject.terms import FilingCondition
from govproject_intake.tables import Filing
from govproject_local import documents

IMPORT = "/filings/import"
UNIT = "亭湖区教育局"
CONDITIONS = [condition.zh for condition in FilingCondition]
TOP = [
    "项目名称",
    "项目单位",
    "内部技术审查论证日期",
    "内部技术审查论证记录",
    *CONDITIONS,
    "移动端建设内容",
    "虚拟CPU",
]
NO = ["否"] * 5


@pytest.fixture
def record(intake):
    return intake.handed_in("䶮湖论证.docx", documents.internal_review())


@pytest.fixture
def outcomes(intake):
    def imported(given, **params: Any):
        answer = intake.imported(IMPORT, given, **params)
        assert answer.status_code == 200, answer.text
        return [each["outcome"] for each in answer.json()["rows"]]

    return imported


@pytest.fixture
def bad(intake, problem):
    def refused(given):
        body = problem(intake.imported(IMPORT, given), 422, "rows_invalid")
        return [(each["place"], each["message"]) for each in body["bad"]]

    return refused


def test_filings_are_handed_in_once_and_corrected(intake, record, outcomes, bad):
    project = intake.registered()
    own = ["智慧校园", UNIT, "2026年6月20日", "䶮湖论证.docx", *NO, "不涉及移动端", "３２"]
    table = [[*TOP], own]
    assert outcomes(table, dry_run=True) == ["added"]
    assert (intake.count(Filing), intake.published("filing.submitted")) == (0, [])
    assert outcomes(table) == ["added"]
    assert outcomes(table) == ["unchanged"]
    (event,) = intake.published("filing.submitted")
    filing = intake.get(f"/projects/{project}/filing").json()
    assert (filing["id"], filing["conditions"]) == (str(event.filing_id), [])
    assert filing["internal_review_record_file_id"] == record
    assert filing["cloud_plan"]["vcpus"] == 32
    path = f"/filings/{filing['id']}/irregularity"
    intake.done(path, {"reasons": ["应声明安全情形"]}, "bureau")
    table[1][7] = "是"
    assert outcomes(table) == ["changed"]
    assert outcomes(table) == ["unchanged"]
    filing = intake.get(f"/projects/{project}/filing").json()
    assert (filing["conditions"], filing["revision"]) == (["security"], 2)
    assert (filing["status"], filing["mobile"]) == ("submitted", "none")
    table[1][7] = "否"
    table[0].append("报备版次")
    table[1].append(2)
    assert outcomes(table) == ["changed"]
    intake.done(f"/filings/{filing['id']}/acceptance", as_="bureau")
    assert outcomes(table) == ["unchanged"]
    table[1][7], table[1][-1] = "是", 3
    ((place, message),) = bad(table)
    assert (place, bool(message)) == ("第2行", True)
    assert intake.get(f"/projects/{project}/filing").json()["conditions"] == []


def test_what_is_exported_imports_again_and_changes_nothing(intake, outcomes, bad):
    first = intake.registered(project_name="甲")
    intake.filed(first, conditions=intake.filing()["conditions"] | {"duplicate": True})
    second = intake.registered("320902-2026-0002", project_name="乙")
    filing = intake.filed(second)
    intake.done(f"/filings/{filing}/irregularity", {"reasons": ["缺件", "缺目录"]}, "bureau")
    before = intake.published()
    content = intake.get("/filings.xlsx", "unit").content
    assert outcomes(content) == ["unchanged"] * 2
    assert intake.published() == before
    book = openpyxl.load_workbook(io.BytesIO(content))
    headings = [cell.value for cell in book.active[3]]
    status = headings.index("报备状态") + 1
    book.active.cell(4, status).value = book.active.cell(5, status).value = "报备规范"
    changed = io.BytesIO()
    book.save(changed)
    assert bad(changed.getvalue()) == [
        ("F4", "与登记的不一致：登记的是已提交报备"),
        ("F5", "与登记的不一致：登记的是报备信息不规范"),
    ]


def test_a_table_of_an_earlier_revision_undoes_no_correction(intake, record, outcomes, bad):
    project = intake.registered()
    filing = intake.filed(project, internal_review_on="2026-06-20")
    old = intake.get("/filings.xlsx", "unit").content
    own = ["智慧校园", UNIT, "2026-06-20", None, *NO, None, None]
    corrected = intake.filing(internal_review_on="2026-07-01")
    intake.done(f"/filings/{filing}/correction", corrected)
    both = (
        "报备现为第2版，表中是第1版，导入会改回此后的更正：内部技术审查论证日期登记的是2026-07-01，"
        "表中是2026-06-20"
    )
    before = intake.published()
    for given, cell in ((old, "H4"), ([TOP, own], "C2")):
        ((place, message),) = bad(given)
        assert (place, message.startswith(both)) == (cell, True)
        assert "“报备版次”列填写2" in message
    assert intake.published() == before
    assert outcomes(intake.get("/filings.xlsx", "unit").content) == ["unchanged"]
    # Said to be of the present revision, it is a correction.
    assert outcomes([[*TOP, "报备版次"], [*own, 2]]) == ["changed"]
    assert intake.get(f"/filings/{filing}").json()["revision"] == 3


def test_one_bad_row_and_nothing_is_filed(intake, record, outcomes, bad):
    for number, name in enumerate("甲乙丙丁戊"):
        intake.registered(f"320902-2026-000{number}", project_name=name)
    intake.registered("320902-2026-0009", project_name="大", budget_yuan="2000000")
    tail = ["不涉及移动端", None]
    table = [
        TOP,
        ["甲", UNIT, "2026-06-20", record, *NO, *tail],
        ["乙", UNIT, "2026-06-20", record, "否", None, *NO[2:], *tail],
        ["丙", UNIT, None, record, *NO, *tail],
        ["丁", UNIT, "2026-08-04", record, *NO, *tail],
        ["没有", UNIT, "2026-06-20", record, *NO, *tail],
        ["甲", UNIT, "2026-06-20", record, *NO, *tail],
        ["大", UNIT, "2026-06-20", record, *NO, *tail],
        ["戊", UNIT, "2026-02-30", "别的.docx", *NO, *tail],
        ["戊", UNIT, "2026-06-20", "别的.docx", *NO, *tail],
    ]
    found = bad(table)
    assert [place for place, _ in found] == [
        "F3",
        "C4",
        "第5行",
        "A6",
        "第7行",
        "第8行",
        "C9",
        "D10",
    ]
    messages = dict(found)
    assert messages["F3"] == messages["C4"] == "必须填写"
    assert "2026-08-04不能晚于今天" in messages["第5行"]
    assert messages["第7行"] == "与工作表“Sheet”第2行是同一个项目"
    assert "全过程管理" in messages["第8行"]
    assert messages["C9"] == "没有这一天"
    assert (intake.count(Filing), intake.published("filing.submitted")) == (0, [])
    view = intake.imported(IMPORT, table, skip_bad=True).json()
    assert (view["counts"], view["bad_total"]) == ({"added": 1}, 8)
    assert intake.count(Filing) == 1
