"""Text cut into numbers that an index can look up: characters, pairs of them, and facets. Pure.

Chinese is written without spaces, and officials expect any part of a title to be found. A text
holds a word only if it holds all of the word's pairs of characters; the few texts that hold them
and not the word are sorted out by looking at the text itself. Numbers have no syntax: whatever a
user types in is plain text.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from zlib import crc32

_CODE_POINT_BITS = 21
_FACETS = 1 << 2 * _CODE_POINT_BITS
_BLOCKS = 1 << 62
_SHIFT_BITS = 48


def fold(text: str) -> str:
    """A text as it is compared: width, case and spaces make no difference.

    >>> fold("ＡＩ 平台（二期）")
    'ai平台(二期)'
    """
    return "".join(words(text))


def words(text: str) -> list[str]:
    """The words that a user separated by spaces, each folded.

    >>> words(" 智慧教育　ＷＩＦＩ ")
    ['智慧教育', 'wifi']
    """
    return unicodedata.normalize("NFKC", text).casefold().split()


def of_text(folded: str) -> set[int]:
    """All characters and pairs of neighbours in a text."""
    return {ord(each) for each in folded} | set(_pairs(folded))


def of_word(word: str) -> Iterator[int]:
    """What a text must hold to hold this word: its pairs, or itself if it is one character."""
    return _pairs(word) if len(word) > 1 else iter([ord(word)])


def facet(name: str, value: object) -> int:
    """A property of an entry. Two may share a number, so it is compared with the row as well."""
    return _FACETS + crc32(f"{name}:{value}".encode())


def block(entry_id: int, shift: int) -> int:
    """The block of 2**shift neighbouring entries that an entry is in."""
    return _BLOCKS | shift << _SHIFT_BITS | entry_id >> shift


def spelt(tokens: Iterable[int]) -> str:
    """Tokens as words of a full-text index."""
    return " ".join(map(str, sorted(tokens)))


def _pairs(text: str) -> Iterator[int]:
    return (ord(one) << _CODE_POINT_BITS | ord(other) for one, other in pairwise(text))
