"""All rows or none, unless the bad ones are to be left out."""

from decimal import Decimal

import pytest
from pydantic import BaseModel

from govproject.errors import Conflict, Invalid
from govproject.exchange.importing import BadRow, Done, apply
from govproject.exchange.reading import read
from govproject.exchange.results import Outcome
from govproject.fields import ShortText


class Named(BaseModel):
    name: ShortText


@pytest.fixture
def table(workbook, columns):
    rows = [
        ["项目名称", "预算（万元）"],
        ["甲", 1],
        ["坏\n名", 1],
        ["乙", 2],
        ["丙", 3],
        ["字" * 201, 4],
        ["丁", 5],
    ]
    return read(workbook(计划=rows), "计划.xlsx", columns)


def one(row):
    name = Named(name=row.values["name"]).name
    if name == "乙":
        raise BadRow("预算有误", "budget_yuan")
    if name == "丙":
        raise Conflict("known", "已经存在。")
    return Outcome.ADDED if row.values["budget_yuan"] < Decimal(20000) else Outcome.UNCHANGED


BAD = [
    (3, "A3", "不得含有换行，请删除单元格内的换行"),
    (4, "B4", "预算有误"),
    (5, "第5行", "已经存在"),
    (6, "A6", "至多 200 个字"),
]


def test_one_bad_row_and_nothing_is_imported(table):
    with pytest.raises(Invalid) as caught:
        apply(table, one, skip_bad=False)
    extra = caught.value.extra
    assert (caught.value.code, extra["bad_total"]) == ("rows_invalid", 4)
    assert [(each["row"], each["place"], each["message"]) for each in extra["bad"]] == BAD
    assert "A3" in caught.value.detail


def test_a_refusal_that_is_quoted_ends_with_one_stop(workbook, columns):
    table = read(workbook(计划=[["项目名称", "预算（万元）"], ["丙", 3]]), "计划.xlsx", columns)
    with pytest.raises(Invalid) as caught:
        apply(table, one, skip_bad=False)
    assert caught.value.detail.endswith("第2行：已经存在。")


def test_bad_rows_are_left_out_when_asked(table):
    view = apply(table, one, skip_bad=True)
    assert [(row.row, row.outcome) for row in view.rows] == [(2, "added"), (7, "unchanged")]
    assert view.counts == {"added": 1, "unchanged": 1}
    assert [(each.row, each.place, each.message) for each in view.bad] == BAD
    # What was read can be applied again: a transaction may be repeated.
    assert apply(table, one, skip_bad=True) == view


def test_the_answer_is_bounded_and_the_count_is_not(workbook, columns):
    rows = [["项目名称", "列入"], *[["甲", "对"]] * 300]
    table = read(workbook(计划=rows), "计划.xlsx", columns)
    with pytest.raises(Invalid) as caught:
        apply(table, one, skip_bad=False)
    assert (len(caught.value.extra["bad"]), caught.value.extra["bad_total"]) == (200, 300)


def test_amounts_of_mixed_units_are_taken_and_pointed_out(workbook, columns):
    rows = [["项目名称", "预算（万元）"], ["甲", 120.5], ["乙", 1205000], ["丙", "1205000元"]]
    table = read(workbook(表=rows), "表.xlsx", columns)
    view = apply(table, lambda _: Done(Outcome.ADDED, ("已过申报期",)), skip_bad=False)
    assert [row.warnings for row in view.rows] == [
        ["已过申报期"],
        ["B3“预算(万元)”按表头的单位为1205000万元，疑以元填写，请核对", "已过申报期"],
        ["B4“预算(万元)”单元格写明元，与表头的万元不同，已按1205000元计", "已过申报期"],
    ]
