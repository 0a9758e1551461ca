"""The costs that a cost assessment report states (Art 8), in its tables or its sentences. Pure.

An amount counts if its unit is certain: right behind it, in the heading of its column, or in the
remark (单位：万元) above its own table. Where a report says two things of one cost, nobody here
chooses: it is in doubt.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from govproject.documents.amounts import Amount, amounts, named_units
from govproject.documents.chapters import Seen
from govproject.documents.lines import Line, Text, without_number
from govproject.terms import DocumentVerdict

_AMOUNT_COLUMN = re.compile(r"金额|费用|合计|投资|造价|总价|估算|概算")
_OTHER_COLUMN = re.compile(r"名称|项目|类别|构成|内容|说明|备注|依据|单价|比例|占比")
_SETTLED_COLUMN = re.compile(r"审定|核定|评估|审核后")
_DIGIT = re.compile(r"\d")
_BRACKETS = re.compile(r"\([^)]*\)")
# What may stand between the name of a cost and its amount: 直接建设费(含税)共计:80万元
_LINK = re.compile(r"(?:\([^)]*\)|用|总?额|金额|估算|概算|共计|合计|总计|约|为|是|达|[:,、\s])*")


class Costs(NamedTuple):
    """What was seen of each cost, and the amounts that could be told."""

    seen: dict[str, Seen]
    yuan: dict[str, Decimal]


class Total(NamedTuple):
    """How the total is called."""

    key: str
    names: Sequence[str]
    """Wordings that mean the total wherever they stand."""
    sums: Sequence[str]
    """Wordings (合计) that mean it in the table of the costs; elsewhere they can only confirm."""


class _Stated(NamedTuple):
    """One line that names a cost."""

    line: Line
    yuan: Decimal | None
    """None when no amount can be told there."""
    is_exact: bool
    """Whether it names this cost and no more, as a row of a summary does."""


def read(text: Text, heads: Mapping[str, Sequence[str]], total: Total) -> Costs:
    """Look for costs, each by the wordings that name it, and for their total."""
    columns = _Columns()
    stated: dict[str, list[_Stated]] = {key: [] for key in (*heads, total.key, _SUM)}
    wordings = {**heads, total.key: total.names, _SUM: total.sums}
    for line in text.lines:
        columns.enter(line)
        for key, words in wordings.items():
            stated[key].extend(_stated(columns, line, words))
    seen: dict[str, Seen] = {}
    yuan: dict[str, Decimal] = {}
    for head in heads:
        seen[head], amount = _settled(stated[head], text)
        if amount is not None:
            yuan[head] = amount
    parts = sum(yuan.values(), Decimal()) if len(yuan) == len(heads) else None
    tables = {each.line.table for head in heads for each in stated[head] if each.is_exact} - {None}
    seen[total.key], amount = _total(stated[total.key], stated[_SUM], tables, parts, text)
    return Costs(seen, yuan if amount is None else {**yuan, total.key: amount})


_SUM = "sum"


class _Columns:
    """What the headings so far say of the columns and units of the lines that follow."""

    def __init__(self) -> None:
        self.unit: Decimal | None = None
        self.amounts: dict[int, Decimal | None] = {}
        self._table: str | None = None

    def enter(self, line: Line) -> None:
        """Take in what a line says, if it is a heading."""
        units = named_units(line.text)
        if line.table is None:
            if units:
                self.unit, self._table = _only(units), None
            return
        if line.table != self._table:
            # What stands above one table is not said of the next.
            self.unit = self.unit if self._table is None else None
            self._table, self.amounts = line.table, {}
        if _DIGIT.search(line.text):
            return
        if settled := {at for at, cell in enumerate(line.cells) if _SETTLED_COLUMN.search(cell)}:
            self.amounts = {at: self._unit(line.cells[at], at) for at in settled}
        elif not self.amounts:
            self.amounts = {
                at: self._unit(cell, at)
                for at, cell in enumerate(line.cells)
                if _AMOUNT_COLUMN.search(cell) and not _OTHER_COLUMN.search(cell)
            }

    def _unit(self, cell: str, at: int) -> Decimal | None:
        if units := named_units(cell):
            return _only(units)
        # Below a heading that covers several columns.
        above = [column for column in self.amounts if column <= at]
        return self.amounts[max(above)] if above else self.unit


def _only(units: set[Decimal]) -> Decimal | None:
    return next(iter(units)) if len(units) == 1 else None


def _stated(columns: _Columns, line: Line, wordings: Sequence[str]) -> Iterable[_Stated]:
    for at, cell in enumerate(line.cells):
        word = max((each for each in wordings if each in cell), key=len, default=None)
        if word is None:
            continue
        label = without_number(cell).removeprefix("项目")
        if line.table is None:
            found = _in_words(cell.partition(word)[2], columns.unit)
            is_exact = bool(found) and label.startswith(word)
        else:
            found = _in_row(columns, line.cells, at)
            is_exact = _BRACKETS.sub("", label).strip(": ").removesuffix("用") in wordings
        yield _Stated(line, _agreed(found), is_exact)
        return


def _in_words(rest: str, unit: Decimal | None) -> list[Amount]:
    link = _LINK.match(rest)
    rest = rest[link.end() :] if link else rest
    if not _DIGIT.match(rest):
        return []
    found = amounts(rest, unit)
    return found[:1] if found and found[0].has_unit else found


def _in_row(columns: _Columns, cells: Sequence[str], label: int) -> list[Amount]:
    if columns.amounts:
        where = {at: unit for at, unit in columns.amounts.items() if label < at < len(cells)}
    else:
        where = dict.fromkeys(range(label + 1, len(cells)), columns.unit)
    found = [amount for at, unit in where.items() for amount in amounts(cells[at], unit)]
    return [amount for amount in found if amount.has_unit] or found


def _agreed(found: Sequence[Amount]) -> Decimal | None:
    said = {amount.yuan for amount in found}
    return said.pop() if len(said) == 1 else None


def _settled(stated: Sequence[_Stated], text: Text) -> tuple[Seen, Decimal | None]:
    places = [each for each in stated if each.is_exact] or stated
    if not places:
        if text.cut is not None:
            return Seen(DocumentVerdict.DOUBT, None, text.cut), None
        return Seen(DocumentVerdict.MISSING), None
    told = {each.yuan: each.line.place for each in places if each.yuan is not None}
    if not told:
        place = places[0].line.place
        return Seen(DocumentVerdict.DOUBT, place, "没有读到金额，或金额的单位不明"), None
    [(yuan, place), *others] = told.items()
    if others:
        said = "、".join(f"{each}元" for each in told)
        return Seen(DocumentVerdict.DOUBT, place, f"多处金额不一致：{said}"), None
    return Seen(DocumentVerdict.PASS, place), yuan


def _total(
    named: Sequence[_Stated],
    sums: Sequence[_Stated],
    tables: set[str | None],
    parts: Decimal | None,
    text: Text,
) -> tuple[Seen, Decimal | None]:
    """The total: by its name, by the sum of the costs' own table, or by a sum that fits them."""
    near = [each for each in sums if each.line.table in tables]
    fitting = next((each for each in sums if parts is not None and each.yuan == parts), None)
    if fitting is None:
        # Sums of who knows what show that a total is stated, and not which.
        vague = [each._replace(yuan=None) for each in sums]
        return _settled([*named, *near] or vague, text)
    said, amount = _settled(named, text)
    if amount in (None, parts) and len({each.yuan for each in named} - {None}) <= 1:
        return Seen(DocumentVerdict.PASS, fitting.line.place), parts
    if amount is None:
        return said, None
    why = f"多处金额不一致：{parts}元、{amount}元"
    return Seen(DocumentVerdict.DOUBT, said.place, why), None
