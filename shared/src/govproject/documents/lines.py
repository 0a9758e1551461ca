"""A document as lines of text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import normalize

from govproject.errors import Invalid

MOST_LINES = 200_000
MOST_CHARACTERS = 10_000_000

_NUMBER = r"[0-9〇零一二三四五六七八九十百]+"
# 第三章　一、　（二）　3、　3.1　3.1.2, from the outermost to the innermost.
_NUMBERINGS = (
    re.compile(rf"第{_NUMBER}[章篇]"),
    re.compile(rf"第{_NUMBER}(?:节|部分)|附[件录]{_NUMBER}"),
    re.compile(r"[〇零一二三四五六七八九十百]+[、.]"),
    re.compile(r"\([〇零一二三四五六七八九十百]+\)"),
    re.compile(r"[0-9]+(?:[、)]|\.(?![0-9])|(?=\s))"),
    re.compile(r"[0-9]+\.[0-9]+(?![.0-9])\.?"),
    re.compile(r"[0-9]+(?:\.[0-9]+){2,}\.?|\([0-9]+\)"),
)
_CONTENTS = re.compile(r"(?:[.．…·‥⋯]{2,}|\s{3,}|\t)\s*[0-9]+$")
_BAR = "|"
_LONGEST_HEADING = 40
_SENTENCE = re.compile(r"[。；;！!？?，,]")


class Line(NamedTuple):
    """A paragraph, a row of a table, or a line of a page."""

    text: str
    """NFKC, without spaces around it: full-width digits and letters read like others."""
    place: str
    """Where it is, in Chinese: "第12段", "第3页"."""
    level: int | None = None
    """Of a heading, 1 for the outermost; None for a line that is none."""

    @property
    def cells(self) -> tuple[str, ...]:
        """The columns of a table's row; any other line is one cell.

        >>> Line("服务器 | | 2", "第3段的表格第2行").cells
        ('服务器', '', '2')
        """
        return tuple(cell.strip() for cell in self.text.split(_BAR))

    @property
    def table(self) -> str | None:
        """Which table a row belongs to; None for a line that is no row.

        >>> Line("服务器 | 2", "第3段的表格第2行").table
        '第3段的表格'
        """
        return self.place.rpartition("第")[0] if _BAR in self.text else None


@dataclass(frozen=True, slots=True)
class Text:
    """A document's lines, in order."""

    lines: tuple[Line, ...]
    cut: str | None = None
    """Why not all of it was read; None when all was."""

    @property
    def is_readable(self) -> bool:
        """Whether there is any text: a scanned page has none."""
        return any(line.text for line in self.lines)


def unreadable(name: str) -> Invalid:
    """The error about a document that is broken inside."""
    return Invalid(
        "document_unreadable",
        f"“{name}”无法读取，文件可能已损坏。",
        file=name,
    )


def clean(text: str) -> str:
    """A line's text as it is compared.

    >>> clean("　第１章  总则 ")
    '第1章 总则'
    """
    return " ".join(normalize("NFKC", text).split())


def without_number(text: str) -> str:
    """A heading without its number.

    >>> [without_number(text) for text in ("第三章 项目背景", "(二)安全目标", "3.1.2 概述")]
    ['项目背景', '安全目标', '概述']
    """
    for numbering in _NUMBERINGS:
        if found := numbering.match(text):
            return text[found.end() :].lstrip(" :")
    return text


def level_by_number(text: str) -> int | None:
    """The level of a line that is a heading by its number and its length; None for any other.

    >>> [level_by_number(text) for text in ("第一章 总论", "一、项目背景", "(二)目标", "3.1 概述")]
    [1, 3, 4, 6]
    >>> level_by_number("一、本项目依据以下文件建设。") is None
    True
    """
    if len(text) > _LONGEST_HEADING or _SENTENCE.search(without_number(text)):
        return None
    for level, numbering in enumerate(_NUMBERINGS, start=1):
        if (found := numbering.match(text)) and text[found.end() :].strip(" :"):
            return level
    return None


def is_contents_entry(text: str) -> bool:
    """Whether a line belongs to a table of contents: it ends in dots and a page number.

    >>> is_contents_entry("一、项目背景 ........ 3"), is_contents_entry("一、项目背景")
    (True, False)
    """
    return bool(_CONTENTS.search(text))


class Collector:
    """Gathers lines up to a bound, so that no document fills the memory."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._left = MOST_CHARACTERS

    def add(self, text: str, place: str, *, level: int | None = None) -> bool:
        """Take in a line, with its level if it is set as a heading.

        Returns:
            False once there are too many.
        """
        if self._is_full:
            return False
        is_entry = is_contents_entry(text.strip())
        text = clean(text[: self._left])
        if not is_entry:
            self._keep(Line(text, place, level or level_by_number(text)))
        return True

    def add_row(self, cells: Iterable[str], place: str) -> bool:
        """Take in a table's row; one with a single text may be a heading like any line.

        Returns:
            False once there are too many.
        """
        texts = [clean(cell).replace(_BAR, "/") for cell in cells]
        filled = [text for text in texts if text]
        if len(filled) <= 1:
            return self.add("".join(filled), place)
        if self._is_full:
            return False
        row = f" {_BAR} ".join(texts).rstrip(f" {_BAR}")
        self._keep(Line(clean(row[: self._left]), place))
        return True

    def text(self, *, cut: str | None = None) -> Text:
        """What was gathered."""
        return Text(
            tuple(self._lines),
            cut=cut or ("文件过长，只检查了前面的部分" if self._is_full else None),
        )

    @property
    def _is_full(self) -> bool:
        return len(self._lines) >= MOST_LINES or self._left <= 0

    def _keep(self, line: Line) -> None:
        self._left -= len(line.text)
        if line.text:
            self._lines.append(line)
