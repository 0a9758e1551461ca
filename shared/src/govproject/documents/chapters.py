"""Which chapters of a document are there. What is asked for is data; this only looks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from govproject.documents.lines import Line, Text, without_number
from govproject.terms import DocumentVerdict

K = TypeVar("K", bound=str)

_SHORTEST_CHAPTER = 10


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
        `pass` for a heading with text below it; `doubt` for one without text, for words that stand
        in the text only, and for whatever was not read; else `missing`.
    """
    return {key: _look(text, wordings) for key, wordings in chapters.items()}


def _look(text: Text, wordings: Sequence[str]) -> Seen:
    empty: Line | None = None
    for at in _headings(text, wordings):
        if _has_content(text.lines, at):
            return Seen(DocumentVerdict.PASS, text.lines[at].place)
        empty = empty or text.lines[at]
    if empty is not None:
        return Seen(DocumentVerdict.DOUBT, empty.place, "只有标题，没有内容")
    for line in text.lines:
        if any(_contains(line.text, wording) for wording in wordings):
            return Seen(DocumentVerdict.DOUBT, line.place, "正文中提到，但没有相应的章节")
    if text.cut is not None:
        return Seen(DocumentVerdict.DOUBT, None, text.cut)
    return Seen(DocumentVerdict.MISSING)


def _headings(text: Text, wordings: Sequence[str]) -> Iterator[int]:
    for at, line in enumerate(text.lines):
        if line.level is not None and any(
            _contains(without_number(line.text), each) for each in wordings
        ):
            yield at


def _contains(text: str, wording: str) -> bool:
    squeezed = text.replace(" ", "")
    return all(word in squeezed for word in wording.split())


def _has_content(lines: Sequence[Line], at: int) -> bool:
    """Whether there is text below a heading or its subheadings."""
    length, level = 0, lines[at].level or 0
    for line in lines[at + 1 :]:
        if line.level is not None:
            if line.level <= level:
                break
            continue
        length += len(line.text)
        if length >= _SHORTEST_CHAPTER:
            return True
    return False
