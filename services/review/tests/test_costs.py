"""Costs as reports really state them: told exactly, or in doubt, never guessed."""

from decimal import Decimal
from typing import Any

import pytest

from govproject.documents.lines import Collector
from govproject_review.costs import Total, read
from govproject_review.rules.article_08_cost import (
    COST_WORDINGS,
    SUM_WORDINGS,
    TOTAL,
    TOTAL_WORDINGS,
)

HEADS = ("项目直接建设费", "网络安全费", "工程建设其他费", "预备费")
GOOD = {
    "direct_cost": "1000000.00",
    "network_security_cost": "100000.00",
    "other_costs": "70000.00",
    "contingency": "30000.00",
    "total": "1200000.00",
}


def _read(*blocks: Any):
    """Texts are paragraphs, lists of rows are tables; cells stand between bars."""
    collected = Collector()
    for number, block in enumerate(blocks, start=1):
        if isinstance(block, str):
            collected.add(block, f"第{number}段")
            continue
        for at, row in enumerate(block, start=1):
            collected.add_row(row.split("|"), f"第{number}段的表格第{at}行")
    return read(collected.text(), COST_WORDINGS, Total(TOTAL, TOTAL_WORDINGS, SUM_WORDINGS))


def _yuan(*blocks: Any):
    return {str(key): str(yuan) for key, yuan in _read(*blocks).yuan.items()}


def _doubts(*blocks: Any):
    return {key: seen.why for key, seen in _read(*blocks).seen.items() if seen.verdict == "doubt"}


def _table(heading, *amounts: str):
    return [
        heading,
        *(f"{n}|{h}|{a}" for n, (h, a) in enumerate(zip(HEADS, amounts, strict=False))),
    ]


WAN = ("100", "10", "7", "3")


@pytest.mark.parametrize(
    "blocks",
    [
        # A column that names its unit.
        ([*_table("序号|费用名称|金额（万元）", *WAN), "|合计|120"],),
        # The remark above the table does.
        ("单位：万元", [*_table("序号|费用名称|金额", *WAN), "|合计|120"]),
        # Each amount does.
        ([*_table("序号|费用|金额", "100万元", "10万元", "70000元", "3万"), "|总投资|1200000元"],),
        # Yuan with separators, full width.
        (
            [
                *_table(
                    "序号|费用名称|金额（元）", "１，０００，０００．００", "100,000", "70,000.0"
                ),
                "4|预备费|30,000",
                "|合计|1,200,000.00",
            ],
        ),
        # 元 and 万元 side by side, which agree.
        (
            [
                "费用名称|金额（元）|金额（万元）",
                "直接建设费|1000000|100",
                "网络安全费|100000|10",
                "工程建设其他费|70000|7",
                "预备费|30000|3",
                "合计|1200000|120",
            ],
        ),
        # What was submitted and what was settled: the latter counts.
        (
            [
                "序号|费用名称|金额（万元）||备注",
                "||送审|审定|",
                "1|直接建设费|130|100|核减30",
                "2|网络安全费|10|10|",
                "3|工程建设其他费|7|7|",
                "4|预备费|3|3|",
                "|合计|150|120|",
            ],
        ),
        # Sentences.
        (
            "本项目总投资120万元，其中：",
            "（一）直接建设费100万元；",
            "（二）网络安全费：10万元；",
            "（三）工程建设其他费用为70,000.00元；",
            "（四）预备费（按3%计取）共计3万元。",
        ),
        # Lines of a PDF, whose columns are gone.
        (
            "单位：万元",
            "序号 费用名称 金额 占比",
            "1 项目直接建设费 100.00 83.33%",
            "2 网络安全费 10.00 8.33%",
            "3 工程建设其他费 7.00 5.83%",
            "4 预备费 3.00 2.50%",
            "合计 120.00 100%",
        ),
        # The word that a refusal uses for the total.
        (
            "直接建设费100万元，网络安全费10万元，工程建设其他费7万元，预备费3万元。",
            "项目总额：1200000.00元",
        ),
        # A detail table in other units comes first, with a sum of its own.
        (
            ["名称|数量|合价（元）", "软件开发|1|600000", "硬件|2|400000", "合计||1000000"],
            [*_table("序号|费用名称|金额（万元）", *WAN), "|总计|120"],
        ),
        # A date in the row is no amount.
        (
            "单位：万元",
            ["费用|评估日期|评估金额", "直接建设费|2026-08-03|100", "网络安全费|2026/8/3|10"],
            "单位：万元",
            ["费用|日期|金额", "其他费|2026年8月3日|7", "预备费|2026.8.3|3"],
            "总投资 120万元",
        ),
    ],
)
def test_costs_are_told_whatever_their_unit_and_form(blocks):
    assert _yuan(*blocks) == GOOD


def test_without_a_unit_nothing_is_told():
    doubts = _doubts([*_table("序号|费用名称|金额", *WAN), "|合计|120"])
    assert set(doubts) == {*GOOD}
    assert set(doubts.values()) == {"没有读到金额，或金额的单位不明"}


def test_a_unit_is_not_carried_from_one_table_to_the_next():
    other = ["名称|金额", "软件|600000"]
    assert _yuan("单位：元", other, _table("序号|费用名称|金额", *WAN)) == {}


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        # 元 and 万元 side by side, which disagree.
        ((["费用|金额（元）|金额（万元）", "预备费|30000|30"],), "没有读到金额，或金额的单位不明"),
        # A heading with two units.
        ((["费用|金额（元/万元）", "预备费|3"],), "没有读到金额，或金额的单位不明"),
        # Two places of one report.
        (("预备费3万元", "预备费5万元"), "多处金额不一致：30000.00元、50000.00元"),
        # Which is which?
        (("网络安全费、预备费分别为10万元、3万元",), "没有读到金额，或金额的单位不明"),
        (("预备费按直接建设费的3%计取，为3万元",), "没有读到金额，或金额的单位不明"),
        (("预备费叁万元整",), "没有读到金额，或金额的单位不明"),
        (("预备费-3万元",), "没有读到金额，或金额的单位不明"),
        (("预备费3,00,00元",), "没有读到金额，或金额的单位不明"),
        (("费用包括预备费等。",), "没有读到金额，或金额的单位不明"),
    ],
)
def test_what_is_not_certain_is_in_doubt(blocks, said):
    assert _doubts(*blocks)["contingency"] == said
    assert "contingency" not in _yuan(*blocks)


def test_a_cost_that_is_not_named_is_missing():
    seen = _read([*_table("序号|费用名称|金额（万元）", *WAN[:3])]).seen
    assert (seen["contingency"].verdict, seen["total"].verdict) == ("missing", "missing")
    assert seen["direct_cost"].place == "第1段的表格第2行"


def test_a_wrong_total_is_told_as_it_stands():
    assert (
        _yuan([*_table("序号|费用名称|金额（万元）", *WAN), "|合计|121"])["total"] == "1210000.00"
    )


def test_a_sum_of_another_table_cannot_contradict():
    other = ["名称|金额（万元）", "软件|60", "合计|60"]
    costs = _read(other, _table("序号|费用名称|金额（万元）", *WAN))
    assert costs.seen["total"].verdict == "doubt"
    assert "total" not in costs.yuan


@pytest.mark.parametrize("said", ["总投资150万元", "总投资120万元，总造价150万元"])
def test_a_report_that_contradicts_itself_is_in_doubt(said):
    table = [*_table("序号|费用名称|金额（万元）", *WAN), "|合计|120"]
    costs = _read(said.partition("，")[0], said.partition("，")[2] or "（见表）", table)
    assert costs.seen["total"].why == "多处金额不一致：1200000.00元、1500000.00元"


def test_zero_is_an_amount():
    assert Decimal(_yuan("预备费0元")["contingency"]) == 0
