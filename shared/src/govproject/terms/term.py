"""What a closed vocabulary is."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A closed vocabulary whose members carry the words that officials read."""

    zh: str

    def __new__(cls, value: str, zh: str = "") -> Self:
        """Build a member from its wire value and its Chinese name."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        return member
