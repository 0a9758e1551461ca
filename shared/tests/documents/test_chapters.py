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
