import pytest

from govproject.regulation.text import articles, quotes


def test_every_article_is_there_and_says_something():
    assert list(articles()) == [str(number) for number in range(1, 45)]
    assert all(articles().values())


def test_an_article_ends_where_the_next_chapter_begins():
    assert articles()["4"].endswith("按照本细则第五章执行。")
    assert articles()["25"].endswith("不予立项。")
    assert not any("章 " in text for text in articles().values())


def test_an_article_of_several_lines_is_kept_whole():
    article = articles()["19"]
    assert article.startswith("区政务信息化项目在完成后必须进行验收")
    assert "（9）未按规定实现数字资产接入、共建、共享、赋能利用的。" in article
    assert article.endswith("组织项目终验。")


@pytest.mark.parametrize(
    ("article", "quote"),
    [
        ("3", "区数据局将不予分配基础设施资源"),
        ("27", "区数据局可不予分配基础设施资源"),
        ("6", "原则上不予审批，项目单位不得未批先建"),
        ("7", "重点审查…基础设施使用情况"),
        ("26", "（一）…（五）"),
        ("3", "…不予分配…"),
    ],
)
def test_what_an_article_says(article, quote):
    assert quotes(article, quote)


@pytest.mark.parametrize(
    ("article", "quote"),
    [
        ("3", "区数据局可不予分配基础设施资源"),
        ("27", "区数据局将不予分配基础设施资源"),
        ("6", "未批先建…原则上"),
        ("4", "预算金额100万元 （含）"),
        ("45", "区数据局"),
        ("", "区数据局"),
        ("3", ""),
        ("3", "…"),
        ("3", " … "),
    ],
)
def test_what_an_article_does_not_say(article, quote):
    assert not quotes(article, quote)
