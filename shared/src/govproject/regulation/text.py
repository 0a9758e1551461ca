"""The text of the regulation, by article: citations and the ledger are checked against it."""

import re
from functools import cache
from importlib.resources import files

TITLE = "亭湖区政务信息化项目管理实施细则（试行）"
_ARTICLE = re.compile(r"^\s*第(\d+)条\s*")
_CHAPTER = re.compile(r"^\s*第\d+章")


@cache
def articles() -> dict[str, str]:
    """Article number → its text, without chapter headings.

    >>> articles()["44"]
    '本细则自印发之日起施行。'
    >>> len(articles())
    44
    """
    found: dict[str, list[str]] = {}
    current = None
    text = files("govproject.regulation").joinpath("tinghu.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if match := _ARTICLE.match(line):
            current = match[1]
            found[current] = [line[match.end() :].strip()]
        elif _CHAPTER.match(line):
            current = None
        elif current and line.strip():
            found[current].append(line.strip())
    return {number: "\n".join(lines) for number, lines in found.items()}


def quotes(article: str, quote: str) -> bool:
    """Whether the article says `quote`; `…` in the quote stands for words left out.

    A quote without words says nothing, so no article says it.

    >>> quotes("3", "未纳入平台管理的项目，区数据局将不予分配基础设施资源")
    True
    >>> quotes("6", "原则上…未批先建")
    True
    >>> quotes("3", "可不予分配")
    False
    """
    if not quote.strip("… "):
        return False
    text, at = articles().get(article, ""), 0
    for part in quote.split("…"):
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True
