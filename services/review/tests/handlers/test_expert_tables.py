"""The expert pool as a table: all rows or none."""

import io
from typing import Any
from uuid import UUID

import openpyxl
import pytest

from govproject_review.tables import Expert

TOP = ["姓名", "工作单位", "专业领域", "登录账号", "利害关系声明"]
IMPORT = "/experts/import"


@pytest.fixture
def send(review):
    """Upload rows, or a workbook as it is, and import them."""

    def imported(given, **params: Any):
        if isinstance(given, list):
            book = openpyxl.Workbook()
            for row in given:
                book.active.append(row)
            content = io.BytesIO()
            book.save(content)
            given = content.getvalue()
        name = {"name": "专家.xlsx"}
        file = review.call("POST", "/files", "bureau", params=name, content=given).json()
        return review.call("POST", IMPORT, "bureau", params={"file_id": file["id"], **params})

    return imported


@pytest.fixture
def outcomes(send):
    def imported(given, **params: Any):
        answer = send(given, **params)
        assert answer.status_code == 200, answer.text
        return [row["outcome"] for row in answer.json()["rows"]]

    return imported


def pool(review):
    return review.get("/experts").json()["items"]


def test_experts_come_in_from_a_table_and_again_without_effect(review, outcomes):
    table = [
        ["评审专家库"],
        ["序号", *TOP],
        [1, "䶮𠮷", "盐城工学院", "信息化、网络安全", 13912345678, "甲公司\n乙局"],
        [2, "张　三", "盐城工学院（东校区）", "其他", "zhang", None],
    ]
    assert outcomes(table) == ["added", "added"]
    assert [
        (each["name"], each["fields"], each["account"], each["declared_conflicts"])
        for each in pool(review)
    ] == [
        ("䶮𠮷", ["informatization", "network_security"], "13912345678", ["甲公司", "乙局"]),
        ("张　三", ["other"], "zhang", []),
    ]
    before = pool(review)
    assert outcomes(table) == ["unchanged", "unchanged"]
    table[3][1] = "张三"
    assert outcomes(table) == ["unchanged", "unchanged"]
    assert pool(review) == before


def test_the_exported_pool_imports_again_unchanged(review, outcomes):
    review.expert("=1+1", employer="@SUM(A1)", declared_conflicts=["甲；乙", "丙"])
    retired = review.expert("李四")
    review.done(f"/experts/{retired}/retirement", None, "bureau")
    before = pool(review)
    answer = review.get("/experts.xlsx")
    assert "%E4%B8%93%E5%AE%B6%E5%BA%93.xlsx" in answer.headers["content-disposition"]
    assert outcomes(answer.content) == ["unchanged", "unchanged"]
    assert pool(review) == before


def test_an_office_in_brackets_brings_in_nobody_again(review, outcomes):
    review.expert("张三", employer="甲大学", account="zhang")
    assert outcomes([TOP, ["张三（教务处）", "甲大学", "信息化", "zhang"]]) == ["unchanged"]
    assert len(pool(review)) == 1


def test_who_an_older_build_took_in_twice_imports_again_unchanged(review, outcomes):
    review.expert("张三", employer="甲大学")
    second = review.expert("李四", employer="甲大学")
    with review.runtime.db.write() as session:
        session.get_one(Expert, UUID(second)).name = "张三（教务处）"
    before = pool(review)
    assert [each["name"] for each in before] == ["张三", "张三（教务处）"]
    assert outcomes(review.get("/experts.xlsx").content) == ["unchanged", "unchanged"]
    assert pool(review) == before


def test_a_further_conflict_is_declared_and_none_withdrawn(review, send, outcomes, problem):
    review.expert("张三", employer="甲大学", account="zhang", declared_conflicts=["甲公司"])
    row = ["张三", "甲大学", "信息化", "zhang", "甲公司\n乙局"]
    assert outcomes([TOP, row]) == ["changed"]
    (expert,) = pool(review)
    assert expert["declared_conflicts"] == ["甲公司", "乙局"]
    assert [each["declared_conflicts"] for each in expert["earlier"]] == [["甲公司"]]
    body = problem(send([[*TOP[:4], "利害关系"], row]), 422, "headings_wrong")
    assert "缺少“利害关系声明”列" in body["detail"]
    for fewer in (None, "乙局"):
        body = problem(send([TOP, [*row[:4], fewer]]), 422, "rows_invalid")
        assert "缺少已声明的利害关系“甲公司”" in body["bad"][0]["message"]
    assert pool(review)[0]["declared_conflicts"] == ["甲公司", "乙局"]


def test_one_bad_row_and_nobody_comes_in(review, send, problem):
    review.expert("李四", employer="甲大学", account="li")
    retired = review.expert("王五", employer="甲大学", account="wang")
    review.done(f"/experts/{retired}/retirement", None, "bureau")
    top = [*TOP, "出库日期"]
    table = [
        top,
        ["张三", "甲大学", "信息化", "z"],
        ["张三", "乙大学", "信息化", "z-2"],
        ["张 三", "甲大学", "其他", "z"],
        ["李四", "甲大学", "网络安全", "li"],
        ["李四", "甲大学", "魔法", "li"],
        ["王五", "甲大学", "信息化", "wang", None, None],
        ["赵六", "甲大学", "信息化", "z", None, "2026年8月3日"],
        ["钱\n七", "甲大学", "信息化", "z"],
        ["孙八\u202e", "甲大学", "信息化", "sun"],
        [None, "甲大学", "信息化", "z"],
    ]
    body = problem(send(table), 422, "rows_invalid")
    assert len(pool(review)) == 2
    assert [(each["place"], each["message"]) for each in body["bad"]] == [
        ("A4", "与工作表“Sheet”第2行是同一位专家，兼有几个专业领域的请写在同一行"),
        ("C5", "与专家库不一致：库中为信息化"),
        ("C6", "须为以下之一：项目相关领域业务、信息化、网络安全、其他"),
        ("F7", "与专家库不一致：库中为2026-08-03"),
        ("F8", "已出库的专家不能入库"),
        ("A9", "不得含有换行，请删除单元格内的换行"),
        ("A10", "不得含有控制字符或看不见的字符（U+202E），请删除后重新填写"),
        ("A11", "必须填写"),
    ]
    view = send(table, skip_bad=True).json()
    assert (view["counts"], view["bad"]) == ({"added": 2}, body["bad"])
    assert [each["employer"] for each in pool(review)][2:] == ["甲大学", "乙大学"]


def test_an_account_is_no_second_experts(review, send, problem):
    review.expert("张三", employer="甲大学", account="zhang")
    body = problem(send([TOP, ["张三", "乙大学", "信息化", "zhang"]]), 422, "rows_invalid")
    assert [(each["place"], each["message"]) for each in body["bad"]] == [
        ("D2", "该登录账号已由专家库中另一位专家使用")
    ]
