"""Projects, filings and the plan as tables that officials send on."""

import io
from datetime import date
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest

from govproject.contracts.acceptance import EvaluationCompleted
from govproject.terms import EvaluationGrade

PLAN = "/annual-plans/2027"


@pytest.fixture
def sheet(intake):
    """A table's rows from its headings on, as text and numbers."""

    def rows(path: str, as_: str = "bureau", **kwargs: Any):
        answer = intake.get(path, as_, **kwargs)
        assert answer.status_code == 200, answer.text
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        found = [list(row) for row in book.active.iter_rows(values_only=True)]
        return found[2:]

    return rows


def by_heading(rows):
    headings, *below = rows
    return [dict(zip(headings, row, strict=True)) for row in below]


def test_the_plan_is_summarised_as_it_is_sent_on(intake, sheet):
    first = intake.declared(project_name="䶮湖一期")
    second = intake.registered(
        project_name="䶮湖二期",
        kind="upgrade",
        budget_yuan="1205000.50",
        related_project_ids=[first],
    )
    intake.tell(
        EvaluationCompleted(
            project_id=first,
            grade=EvaluationGrade.GOOD,
            evaluated_on=date(2026, 5, 1),
        )
    )
    intake.done(f"{PLAN}/projects", {"project_ids": [second]}, "bureau")
    intake.done(f"{PLAN}/drafts", {"add": [first], "reason": "补充。"}, "bureau")
    headings, *rows = sheet(f"{PLAN}/summary.xlsx")
    assert headings[:9] == [
        "序号",
        "项目名称",
        "项目单位",
        "类型",
        "预算（万元）",
        "管理方式",
        "市级系统编号",
        "状态",
        "上次评价等次",
    ]
    assert [row[1:9:2] for row in rows] == [
        ["䶮湖二期", "升级改造", "全过程管理", "已列入年度计划"],
        ["䶮湖一期", "新建", "报备制管理", "拟列入（第2版草案）"],
        [None, None, None, None],
    ]
    assert [row[0:9:2] for row in rows] == [
        [1, "亭湖区教育局", 120.50005, "320902-2026-0001", "良好"],
        [2, "亭湖区教育局", 30, None, "良好"],
        ["合计", None, 150.50005, None, None],
    ]
    assert [row["项目名称"] for row in by_heading(sheet(f"{PLAN}/summary.xlsx", "finance"))] == [
        "䶮湖二期",
        None,
    ]


def test_exceptions_in_force_are_sent_on_with_the_plan(intake, sheet, clock):
    project = intake.declared()
    intake.done(f"{PLAN}/drafts", {"add": [project]}, "bureau")
    granted = {
        "rule": "filing_duplicate",
        "reason": "确需实施。",
        "document": "会议纪要〔2026〕8号",
    }
    path = f"/projects/{project}/exceptions"
    intake.done(path, granted | {"expires_on": "2026-08-10"}, "bureau")
    later = granted | {"rule": "filing_security", "expires_on": "2026-08-04"}
    withdrawn = intake.done(path, later, "bureau")["id"]
    shown = "不予立项情形（一）：重复建设：会议纪要〔2026〕8号，有效期至2026-08-10"

    def exceptions():
        return by_heading(sheet(f"{PLAN}/summary.xlsx"))[0]["例外"]

    assert exceptions().splitlines()[0] == shown
    assert len(exceptions().splitlines()) == 2
    intake.done(f"/exceptions/{withdrawn}/withdrawal", {"reason": "不再需要。"}, "bureau")
    assert exceptions() == shown
    clock.turn(days=7)
    assert exceptions() == shown
    clock.turn(days=1)
    assert exceptions() is None


def test_projects_are_listed_with_what_became_of_them(intake, sheet):
    own = intake.registered(project_name="=1+1")
    other = intake.declared("亭湖区卫健委", project_name="@SUM(A1)", plan_year=2028)
    intake.filed(own)
    intake.done(f"{PLAN}/drafts", {"add": [own]}, "bureau")
    rows = by_heading(sheet("/projects.xlsx"))
    assert [row["项目编号"] for row in rows] == [own, other, None]
    assert rows[0] | {"项目编号": None} == {
        "序号": 1,
        "项目名称": "=1+1",
        "项目单位": "亭湖区教育局",
        "适用范围": "不涉及国家秘密的政务信息化项目",
        "类型": "新建",
        "计划年度": 2027,
        "预算（万元）": 30,
        "管理方式": "报备制管理",
        "市级系统编号": "320902-2026-0001",
        "列入计划": "是",
        "受理理由": None,
        "报备状态": "已提交报备",
        "批复文号": None,
        "项目实施机构": "教育局信息中心",
        "项目责任人": "张三",
        "系统名称": None,
        "申报日期": rows[0]["申报日期"],
        "终验日期": None,
        "停用日期": None,
        "新建或改造系统": "是",
        "部署位置": "区政务云",
        "单独建设依据": None,
        "依据文件": "区政府会议纪要〔2026〕5号",
        "申报材料": rows[0]["申报材料"],
        "首次运维或服务说明": None,
        "优化系统类型": None,
        "优化金额（万元）": None,
        "优化资金来源": None,
        "虚拟CPU（核）": 64,
        "内存（GiB）": 256,
        "存储（GiB）": 0,
        "公网IP（个）": 0,
        "带宽（Mbps）": 0,
        "关联项目编号": None,
        "项目编号": None,
    }
    assert rows[0]["申报日期"].date() == date(2026, 8, 3)
    assert rows[0]["申报材料"].splitlines()[0].startswith("项目申报表：")
    year = by_heading(sheet("/projects.xlsx", params={"plan_year": 2028}))
    assert [row["项目编号"] for row in year] == [other, None]


def test_a_unit_exports_its_own_and_sees_no_drafts(intake, sheet):
    own = intake.declared()
    intake.filed(intake.registered())
    intake.declared("亭湖区卫健委")
    intake.done(f"{PLAN}/drafts", {"add": [own]}, "bureau")
    rows = by_heading(sheet("/projects.xlsx", "unit"))
    assert [(row["项目单位"], row["列入计划"]) for row in rows[:-1]] == [("亭湖区教育局", "否")] * 2
    assert len(by_heading(sheet("/filings.xlsx", "unit"))) == 2
    assert by_heading(sheet("/filings.xlsx", "unit", unit="亭湖区卫健委"))[0]["序号"] == "合计"
    assert by_heading(sheet(f"{PLAN}/summary.xlsx", "unit"))[0]["序号"] == "合计"


def test_filings_are_listed_with_what_they_declare(intake, sheet):
    project = intake.registered()
    conditions = intake.filing()["conditions"] | {"security": True}
    filing = intake.filed(project, conditions=conditions)
    reasons = ["缺资源计划", "缺目录"]
    intake.done(f"/filings/{filing}/irregularity", {"reasons": reasons}, "bureau")
    row, total = by_heading(sheet("/filings.xlsx"))
    assert (row["报备状态"], row["不规范的情况"]) == ("报备信息不规范", "缺资源计划\n缺目录")
    assert row["内部技术审查论证日期"].date() == date(2026, 6, 20)
    assert row["内部技术审查论证记录"] == "论证记录.docx"
    assert row["不符合网络和数据安全政策及要求"] == "是"
    assert row["不符合密码及信创政策及要求"] == "否"
    assert total["预算（万元）"] == 30


def test_spot_checks_are_listed_with_what_followed(intake, sheet):
    intake.filed(intake.registered(project_name="=1+1"))
    draw = {"size": 1, "occasion": "第二季度抽查"}
    first = intake.done("/spot-checks", draw, "audit")
    (project,) = (each["project_id"] for each in first["projects"])
    good = {"in_order": True, "finding": "与报备一致。"}
    bad = {"in_order": False, "finding": "@日志留存\n不足六个月。"}
    items = dict.fromkeys(("delivery", "resources", "data_sharing"), good) | {"security": bad}
    path = f"/spot-checks/{first['id']}/results"
    intake.done(path, {"project_id": project, "items": items}, "audit")
    (found,) = by_heading(sheet("/spot-checks.xlsx", "finance"))
    assert found["核查日期"].date() == found["抽取日期"].date() == date(2026, 8, 3)
    assert found | {"核查日期": None, "抽取日期": None} == {
        "序号": 1,
        "抽查事由": "第二季度抽查",
        "抽取日期": None,
        "项目名称": "=1+1",
        "项目单位": "亭湖区教育局",
        "项目落地建设": "是",
        "项目落地建设核查情况": "与报备一致。",
        "资源集约利用": "是",
        "资源集约利用核查情况": "与报备一致。",
        "数据共享落地": "是",
        "数据共享落地核查情况": "与报备一致。",
        "安全建设落实": "否",
        "安全建设落实核查情况": "@日志留存\n不足六个月。",
        "核查人": "audit",
        "核查日期": None,
        "待责令整改": "是",
        "责令整改的问题": None,
        "整改期限": None,
        "整改状态": None,
        "项目编号": project,
    }

    order = {"problem": "日志留存不足。", "due_on": "2026-08-31", "spot_check_id": first["id"]}
    intake.done(f"/projects/{project}/rectification-orders", order, "audit")
    intake.done("/spot-checks", draw | {"occasion": "第三季度抽查"}, "bureau")
    later, found = by_heading(sheet("/spot-checks.xlsx"))
    assert (later["抽查事由"], later["项目落地建设"], later["待责令整改"]) == (
        "第三季度抽查",
        None,
        "否",
    )
    assert (found["序号"], found["待责令整改"], found["责令整改的问题"], found["整改状态"]) == (
        2,
        "否",
        "日志留存不足。",
        "已责令整改",
    )
    assert found["整改期限"].date() == date(2026, 8, 31)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/projects.xlsx", "项目清单.xlsx"),
        ("/projects.xlsx?plan_year=2027", "2027年度项目清单.xlsx"),
        ("/filings.xlsx", "报备情况表.xlsx"),
        ("/spot-checks.xlsx", "抽查核查情况表.xlsx"),
        ("/annual-plans/2027/summary.xlsx", "2027年度计划汇总表.xlsx"),
    ],
)
def test_a_table_is_a_file_with_a_name(intake, path, name):
    answer = intake.get(path)
    disposition = answer.headers["content-disposition"]
    assert unquote(disposition.removeprefix("attachment; filename*=UTF-8''")) == name
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert int(answer.headers["content-length"]) == len(answer.content)
