"""Organisations as people name them: whether one is another, or an office or branch within it.

By their names only: a parent or a subsidiary of another name has to be declared.
"""

import re
from collections.abc import Iterable

from govproject.names import plain

_COMPANY = re.compile(r".+?公司")
_DISTRICT = re.compile(r"^(?:中共)?(?:(?:江苏省)?(?:盐城市?)?亭湖区?|区)(?=..)")


def within(organisation: str, other: str) -> bool:
    """Whether an organisation is the other one, or an office or a branch of it.

    The branches of one company are one with it and with each other, and the district is written
    in several ways:

    >>> within("亭湖区教育局信息中心", "盐城市亭湖区教育局"), within("区教育局", "亭湖区教育局")
    (True, True)
    >>> within("盐城软件公司研发中心", "盐城软件公司(亭湖)分公司")
    True
    >>> within("盐城市教育局", "亭湖区教育局"), within("亭湖区教育局", "亭湖区教育局信息中心")
    (False, False)
    """
    return _head(organisation).startswith(_head(other))


def within_any(organisation: str, others: Iterable[str]) -> bool:
    """The same of several others."""
    return any(within(organisation, other) for other in others)


def _head(organisation: str) -> str:
    """The company, or the body with its district written in one way; to be compared."""
    name = plain(organisation)
    company = _COMPANY.match(name)
    return company[0] if company else _DISTRICT.sub("区", name)
