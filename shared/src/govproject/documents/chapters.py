"""Which chapters of a document are there. What is asked for is data; this only looks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice, takewhile
from typing import NamedTuple, TypeVar

from govproject.documents.lines import Line, Text, without_number
from govproject.terms import DocumentVerdict
from govproject.wording import is_text

K = TypeVar("K", bound=str)

_SHORTEST_CHAPTER = 10
_READ_OF_CHAPTER = 200
"""Lines: enough to tell whether there is a text, and whether it is another chapter's."""
_MOST_UNDER_ONE_HEADING = 2
"""建设目标和内容 may be one chapter; a heading that lists everything is none."""


class Seen(NamedTuple):
    """What was seen, and where."""

    verdict: DocumentVerdict
    place: str | None = None
    why: str | None = None
    """In Chinese; None when all is well."""


def look_for(text: Text, chapters: Mapping[K, Sequence[str]]) -> dict[K, Seen]:
    """Look for chapters by their headings.

    Args:
        text: the document.
        chapters: for each chapter asked for, the wordings of its heading; one of them is enough.
            A wording is found if a heading contains all of its words, split by spaces.

    Returns:
        `pass` for a heading with a text of its own below it; `doubt` for one without text, with
        words only that say nothing, with another chapter's text, or that stands for more than two
        chapters; for words that stand in the text only, and for whatever was not read; else
        `missing`.
    """
    found = {key: _headings(text, wordings) for key, wordings in chapters.items()}
    stands_for = Counter(at for headings in found.values() for at in headings)
    below = {at: _below(text.lines, at) for at in stands_for}
    written = {at: tuple(line.text for line in lines) for at, lines in below.items()}
    times = Counter(written.values())
    flaws = {
        at: _flaw(lines, chapters=stands_for[at], times=times[written[at]])
        for at, lines in below.items()
    }
    return {
        key: _seen(text, found[key], flaws) or _mentioned(text, wordings)
        for key, wordings in chapters.items()
    }


def _seen(text: Text, headings: Sequence[int], flaws: Mapping[int, str | None]) -> Seen | None:
    """What the headings of one chapter show; None when there are none."""
    for at in headings:
        if flaws[at] is None:
            return Seen(DocumentVerdict.PASS, text.lines[at].place)
    if not headings:
        return None
    first = headings[0]
    return Seen(DocumentVerdict.DOUBT, text.lines[first].place, flaws[first])


def _mentioned(text: Text, wordings: Sequence[str]) -> Seen:
    for line in text.lines:
        if any(_contains(line.text, wording) for wording in wordings):
            return Seen(DocumentVerdict.DOUBT, line.place, "正文中提到，但没有相应的章节")
    if text.cut is not None:
        return Seen(DocumentVerdict.DOUBT, None, text.cut)
    return Seen(DocumentVerdict.MISSING)


def _headings(text: Text, wordings: Sequence[str]) -> list[int]:
    return [
        at
        for at, line in enumerate(text.lines)
        if line.level is not None
        and any(_contains(without_number(line.text), each) for each in wordings)
    ]


def _contains(text: str, wording: str) -> bool:
    squeezed = text.replace(" ", "")
    return all(word in squeezed for word in wording.split())


def _below(lines: Sequence[Line], at: int) -> tuple[Line, ...]:
    """The first lines of a chapter, its subheadings among them."""
    level = lines[at].level or 0
    first = islice(lines, at + 1, at + 1 + _READ_OF_CHAPTER)
    return tuple(takewhile(lambda line: line.level is None or line.level > level, first))


def _flaw(below: Sequence[Line], *, chapters: int, times: int) -> str | None:
    """Why a heading with these lines below it shows no chapter, in Chinese; None if it does."""
    written = "".join(line.text for line in below if line.level is None)
    if len(written) < _SHORTEST_CHAPTER:
        return "只有标题，没有内容"
    if not is_text(written):
        return "标题下没有实际内容，只有“待补充”“不涉及”一类的文字"
    if chapters > _MOST_UNDER_ONE_HEADING:
        return f"一个标题下写了{chapters}个章节，不能分别核对"
    if times > 1:
        return "与另一章节的文字完全相同"
    return None
