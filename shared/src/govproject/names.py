"""Names as people write them: spacing, width, case and what is not seen do not make two of one."""

import re
import unicodedata
from functools import lru_cache

IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
"""What nobody sees, as ranges of a regular expression: Unicode's Default_Ignorable_Code_Point,
further format characters and what only looks like a space; without the selectors of ideographs."""
IDEOGRAPHIC_SELECTORS = "\U000e0100-\U000e01ef"
"""They choose between forms of one ideograph, which some people's names need."""

_UNSEEN = re.compile(f"[{IGNORABLE}{IDEOGRAPHIC_SELECTORS}]")
_DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2043, 0x2212), "-")
"""What is typed for a hyphen: dashes, bullet and minus sign, not the Katakana mark U+30FC."""
_BRACKETS = {"Ps": "(", "Pe": ")"}
_OFFICE = re.compile(r"\([^()0-9a-z]{2,}(?:\)|$)")
_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    r"""A name without what people write in two ways, to be compared.

    >>> plain("盐城（软件）有限公司") == plain("盐城(软件) 有限公司")
    True
    >>> plain("同\u200c一人") == plain("同一人")
    True
    """
    seen = _UNSEEN.sub("", name)
    return "".join(unicodedata.normalize("NFKC", seen).casefold().split())


def reference(number: str) -> str:
    r"""A number that a system gave, as it is kept: width, spaces and the dash make no other of it.

    >>> reference("３２０９０２－2026 \u2013 0001")
    '320902-2026-0001'
    """
    return "".join(unicodedata.normalize("NFKC", number).translate(_DASHES).split())


def numbered(number: str) -> str:
    r"""A number of a document, to be compared: its brackets, dashes and leading zeros do not count.

    >>> numbered("亭数批〔2024〕1号") == numbered("亭数批［２０２４］ 01号")
    True
    >>> numbered("HT-2026-7") == numbered("HT\u20142026\u22127")
    True
    >>> numbered("亭数批〔2024〕10号") == numbered("亭数批〔2024〕1号")
    False
    """
    return _LEADING_ZEROS.sub("", _in_round_brackets(plain(reference(number))))


@lru_cache(maxsize=4096)
def person(name: str) -> str:
    """The same for somebody's name: an office or post in brackets makes no other person.

    What tells two people of one name apart stays: a single character, or what has a digit or a
    Latin letter.

    >>> person("张三（办公室）") == person("张 三") == person("张三〔财务科〕")
    True
    >>> person("李四（大）") == person("李四（小）"), person("李四（大）") == person("李四")
    (False, False)
    """
    written = _in_round_brackets(plain(name))
    alone = written
    while (shorter := _OFFICE.sub("", alone)) != alone:
        alone = shorter
    return alone or written


def _in_round_brackets(name: str) -> str:
    return "".join(_BRACKETS.get(unicodedata.category(each), each) for each in name)
