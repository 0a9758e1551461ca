import pytest

from govproject.documents.chapters import Seen, look_for
from govproject.documents.lines import Line, Text, level_by_number
from govproject.terms import DocumentVerdict

CHAPTERS = {"background": ("项目背景", "建设背景"), "assets": ("数字资产 目录",)}


def _text(*lines: str, cut=None):
    return Text(
        tuple(
            Line(text, f"第{at}段", level_by_number(text)) for at, text in enumerate(lines, start=1)
        ),
        cut,
    )


BODY = "这一章有足够多的文字，说明本项目的情况。"


@pytest.mark.parametrize(
    ("lines", "seen"),
    [
        (["第一章 项目背景", BODY], Seen(DocumentVerdict.PASS, "第1段")),
        (["一、建设背景与现状", BODY], Seen(DocumentVerdict.PASS, "第1段")),
        (["一、项 目 背 景", BODY], Seen(DocumentVerdict.PASS, "第1段")),
        (["一、项目背景", "(一)现状", BODY], Seen(DocumentVerdict.PASS, "第1段")),
        (
            ["一、项目背景", "二、目标", BODY],
            Seen(DocumentVerdict.DOUBT, "第1段", "只有标题，没有内容"),
        ),
        (["一、项目背景"], Seen(DocumentVerdict.DOUBT, "第1段", "只有标题，没有内容")),
        (
            ["一、总论", "项目背景见附件，此处不再说明。"],
            Seen(DocumentVerdict.DOUBT, "第2段", "正文中提到，但没有相应的章节"),
        ),
        (["一、总论", BODY], Seen(DocumentVerdict.MISSING)),
        ([], Seen(DocumentVerdict.MISSING)),
    ],
)
def test_a_chapter_is_there_mentioned_or_missing(lines, seen):
    assert look_for(_text(*lines), CHAPTERS)["background"] == seen


def test_all_words_of_a_wording_are_needed_in_any_distance():
    found = look_for(_text("1 数字资产明细与目录", BODY), CHAPTERS)
    assert found["assets"].verdict is DocumentVerdict.PASS
    assert (
        look_for(_text("1 数字资产", BODY), CHAPTERS)["assets"].verdict is DocumentVerdict.MISSING
    )


def test_an_empty_heading_does_not_hide_the_real_chapter():
    text = _text("一、项目背景", "二、目标", BODY, "三、建设背景", BODY)
    assert look_for(text, CHAPTERS)["background"] == Seen(DocumentVerdict.PASS, "第4段")


def test_what_was_not_read_is_in_doubt():
    text = _text("一、总论", BODY, cut="文件过长")
    assert look_for(text, CHAPTERS)["background"] == Seen(DocumentVerdict.DOUBT, None, "文件过长")


SIX = {word: (word,) for word in ("内容", "周期", "范围", "方案", "绩效", "经费")}


@pytest.mark.parametrize(
    "filler",
    [
        "本章内容待补充，后续再写，暂无。",
        "不涉及。不涉及。不涉及。不涉及。",
        "本章内容待补充待补充待补充。",
        "暂无内容，待明确后另行补充说明。",
        "（此处填写本项目有关内容）略略略略",
        "某某某某某某某某某某某某",
        "……………………………………",
        "XXXXXXXXXXXXXXXX",
        "详见附件，此处略，本节不再说明。",
    ],
)
def test_words_that_stand_for_a_text_still_to_be_written_are_none(filler):
    text = _text(*(line for word in SIX for line in (f"一、运维{word}", filler)))
    assert {seen.verdict for seen in look_for(text, SIX).values()} == {DocumentVerdict.DOUBT}


def test_a_heading_that_lists_every_chapter_is_none_of_them():
    text = _text("一、运维内容周期范围方案绩效经费", BODY)
    assert set(look_for(text, SIX).values()) == {
        Seen(DocumentVerdict.DOUBT, "第1段", "一个标题下写了6个章节，不能分别核对")
    }


def test_two_chapters_may_share_a_heading():
    seen = look_for(_text("一、运维内容和范围", BODY), SIX)
    assert [key for key, each in seen.items() if each.verdict is DocumentVerdict.PASS] == [
        "内容",
        "范围",
    ]


def test_the_same_text_under_two_headings_is_neither_chapters():
    seen = look_for(_text("一、运维内容", BODY, "二、运维范围", BODY, "三、绩效", BODY + "三"), SIX)
    assert seen["内容"].why == seen["范围"].why == "与另一章节的文字完全相同"
    assert seen["绩效"].verdict is DocumentVerdict.PASS


def test_a_chapter_of_its_own_counts_beside_a_heading_of_many():
    lines = ["一、运维内容周期范围", BODY, "二、运维范围", "覆盖全区各街道的受理窗口和后台服务器。"]
    seen = look_for(_text(*lines), SIX)
    assert [seen[key].verdict for key in ("内容", "范围")] == ["doubt", "pass"]
