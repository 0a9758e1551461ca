"""Names as people write them: spacing, width and case do not make two of one."""

import unicodedata


def plain(name: str) -> str:
    """A name without what people write in two ways, to be compared.

    >>> plain("盐城（软件）有限公司") == plain("盐城(软件) 有限公司")
    True
    """
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
