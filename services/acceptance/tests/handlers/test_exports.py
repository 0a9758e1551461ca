"""Yearly reports and evaluations as tables that officials send on (Arts 22-24)."""

import io
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import openpyxl
import pytest

from govproject.clock import SHANGHAI
from govproject_local import documents

BUILT, BUILDING, OTHERS = UUID(int=7), UUID(int=21), UUID(int=24)
CIVIL = "亭湖区民政局"


@pytest.fixture
def sheet(acceptance):
    """A table's rows below its title and its day, by their headings."""

    def rows(path: str, as_: str = "bureau", **kwargs: Any):
        answer = acceptance.get(path, as_, **kwargs)
        assert answer.status_code == 200, answer.text
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        _, _, headings, *below = book.active.iter_rows(values_only=True)
        return [dict(zip(headings, row, strict=True)) for row in below]

    return rows


def test_each_project_of_a_yearly_report_is_a_row(small, events, bodies, clock, sheet):
    small.tell(
        events.declared(BUILDING, project_name="=1+1"),
        events.declared(OTHERS, unit=CIVIL, declared_at=datetime(2027, 1, 1, tzinfo=SHANGHAI)),
    )
    small.do("final-rounds", bodies.final(settled_yuan="999999.99"))
    clock.set(2027, 2, 1)
    body = bodies.annual_report(
        small.handed_in(), str(BUILT), str(BUILDING), summary="@整体\n平稳。"
    )
    small.do("/annual-reports", body)
    built, building = sheet("/annual-reports.xlsx")
    assert (built["报送期限"].date(), built["报送日期"].date()) == (
        date(2027, 1, 31),
        date(2027, 2, 1),
    )
    assert built | {"报送期限": None, "报送日期": None} == {
        "序号": 1,
        "项目单位": "亭湖区教育局",
        "报告年度": 2026,
        "项目名称": "智慧教育平台",
        "类别": "已建",
        "建设、运行情况自评": "运行正常",
        "整体自我评价": "@整体\n平稳。",
        "自评价报告": "材料.docx",
        "报送期限": None,
        "报送日期": None,
        "逾期报送": "是",
        "项目编号": str(BUILT),
    }
    assert (building["序号"], building["项目名称"], building["类别"]) == (2, "=1+1", "在建")
    # Who had no project in the year may have said so.
    body = bodies.annual_report(small.handed_in(CIVIL))
    assert small.post("/annual-reports", body, unit=CIVIL).status_code == 201
    assert [row["项目单位"] for row in sheet("/annual-reports.xlsx?year=2026")] == [
        "亭湖区教育局",
        "亭湖区教育局",
        CIVIL,
    ]
    (own,) = sheet("/annual-reports.xlsx", "unit", unit=CIVIL)
    assert (own["序号"], own["项目名称"], own["逾期报送"]) == (1, None, "是")
    assert sheet("/annual-reports.xlsx?year=2025") == []


def test_each_evaluation_is_a_row(accepted, bodies, clock, sheet):
    own = accepted.do("self-evaluations", bodies.self_evaluation(accepted.handed_in()))
    rectified = {"rectified_on": "2026-08-03", "rectification": "无需整改"}
    accepted.do(f"/self-evaluations/{own['id']}/rectification", rectified)
    content = documents.word([(1, "绩效评价报告")])
    given = {"params": {"name": "报告.docx"}, "content": content}
    file_id = accepted.call("POST", "/files", "finance", **given).json()["id"]
    body = bodies.evaluation(file_id=file_id, opinion="=1+1", grade="poor")
    accepted.do("evaluations", body, "finance")
    clock.set(2027, 1, 4)
    accepted.do(
        "evaluations", bodies.evaluation(evaluated_on="2027-01-04", file_id=None), "finance"
    )
    first, second = sheet("/evaluations.xlsx", "finance")
    assert first["评价日期"].date() == date(2026, 8, 3)
    assert first | {"评价日期": None} == {
        "序号": 1,
        "项目名称": "智慧教育平台",
        "项目单位": "亭湖区教育局",
        "类型": "新建",
        "预算（万元）": 120,
        "评价日期": None,
        "评价等次": "差",
        "评价结论": "=1+1",
        "应用效果": "良好",
        "贯通情况": "良好",
        "数据资源共享": "良好",
        "安全保密": "良好",
        "创新服务": "良好",
        "经济社会效益": "良好",
        "改革成效": "良好",
        "工作组专家": "绩效专家（财经大学）",
        "第三方机构": "江苏某评价咨询公司",
        "绩效评价报告": "报告.docx",
        "项目编号": str(accepted.project),
    }
    assert (second["序号"], second["评价等次"], second["绩效评价报告"]) == (2, "良好", None)
    (of_2027,) = sheet("/evaluations.xlsx?year=2027")
    assert of_2027 == second | {"序号": 1}
    assert len(sheet("/evaluations.xlsx", "unit")) == 2
    assert sheet("/evaluations.xlsx", "unit", unit=CIVIL) == []


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/annual-reports.xlsx", "运行效能自评价报告汇总表.xlsx"),
        ("/annual-reports.xlsx?year=2026", "2026年度运行效能自评价报告汇总表.xlsx"),
        ("/evaluations.xlsx", "绩效评价结果汇总表.xlsx"),
        ("/evaluations.xlsx?year=2026", "2026年度绩效评价结果汇总表.xlsx"),
    ],
)
def test_a_table_is_a_download_with_a_chinese_name(acceptance, path, name):
    answer = acceptance.get(path)
    disposition = answer.headers["content-disposition"]
    assert unquote(disposition.removeprefix("attachment; filename*=UTF-8''")) == name
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    (title,), (as_of,), headings = [
        [value for value in row if value]
        for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.values
    ]
    assert title == name.removesuffix(".xlsx")
    assert as_of == "数据截至2026年08月03日"
    assert headings[0] == "序号"


@pytest.mark.parametrize("table", ["annual-reports", "evaluations"])
def test_a_year_that_is_none_is_refused(acceptance, table):
    assert acceptance.get(f"/{table}.xlsx?year=1850").status_code == 422
