"""Names as people write them: spacing, width and case do not make two of one."""

import re
import unicodedata

_BRACKETS = {"Ps": "(", "Pe": ")"}
_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def plain(name: str) -> str:
    """A name without what people write in two ways, to be compared.

    >>> plain("盐城（软件）有限公司") == plain("盐城(软件) 有限公司")
    True
    """
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def numbered(number: str) -> str:
    """The same for a number of a document: its brackets and leading zeros make no other of it.

    >>> numbered("亭数批〔2024〕1号") == numbered("亭数批［２０２４］ 01号")
    True
    >>> numbered("亭数批〔2024〕10号") == numbered("亭数批〔2024〕1号")
    False
    """
    written = "".join(_BRACKETS.get(unicodedata.category(each), each) for each in plain(number))
    return _LEADING_ZEROS.sub("", written)
