"""What a table consists of: its columns, as data."""

import re
from dataclasses import dataclass

from govproject.documents.lines import clean
from govproject.exchange.cells import Kind

_REMARK = re.compile(r"[(/].*")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading as it is written, and the member of a row that it holds."""

    heading: str
    field: str
    kind: Kind
    required: bool = False
    """Whether an imported table has to have it, filled in every row."""
    present: bool = False
    """Whether an imported table has to have it, though not filled in every row."""
    also: tuple[str, ...] = ()
    """Other headings under which officials know it."""
    total: bool = False
    """Whether a written table ends with its sum."""

    @property
    def names(self) -> frozenset[str]:
        """What its heading may be, without remarks."""
        return frozenset(map(name_of, (self.heading, *self.also)))


def name_of(heading: object) -> str:
    """A heading without spaces, asterisks, units and other remarks; "" for an empty cell.

    >>> name_of("* 预算 （万元）"), name_of("金额/元"), name_of(None)
    ('预算', '金额', '')
    """
    text = "" if heading is None else clean(str(heading))
    return _REMARK.sub("", text.replace(" ", "")).strip("*:")
