"""What is looked for in each kind of material for the pre-review (Arts 2, 8). Pure.

The words are data beside the rules that ask for them. What cannot be told is `doubt`.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from govproject.documents.chapters import Seen, look_for
from govproject.documents.lines import Line, Text
from govproject.fields import MoneyYuan
from govproject.regulation.pack import RulePack
from govproject.terms import DocumentVerdict, PreReviewMaterial
from govproject_review import costs
from govproject_review.costs import Total
from govproject_review.rules.article_02_exemption import SHARING_HEADINGS
from govproject_review.rules.article_08_cost import (
    COST_WORDINGS,
    SUM_WORDINGS,
    TOTAL,
    TOTAL_WORDINGS,
)
from govproject_review.rules.article_08_data import (
    ASSET_HEADINGS,
    ASSETS,
    CATALOGUE,
    CONTENT,
    LISTS,
)
from govproject_review.rules.article_08_feasibility import DATA_RESOURCE_HEADINGS, DESIGN_HEADINGS
from govproject_review.rules.article_08_plans import (
    CRYPTO_HEADINGS,
    OPS_HEADINGS,
    SECURITY_HEADINGS,
)

_CHAPTERS: Mapping[PreReviewMaterial, Mapping[str, Sequence[str]]] = {
    PreReviewMaterial.PRELIMINARY_DESIGN: {**DESIGN_HEADINGS, **DATA_RESOURCE_HEADINGS},
    PreReviewMaterial.CRYPTO_PLAN: CRYPTO_HEADINGS,
    PreReviewMaterial.NETWORK_SECURITY_PLAN: SECURITY_HEADINGS,
    PreReviewMaterial.OPS_PLAN: OPS_HEADINGS,
    PreReviewMaterial.DATA_SHARING_PLAN: SHARING_HEADINGS,
}
_NONE = frozenset({"无", "暂无", "没有", "不涉及"})
_NOTHING = _NONE | {"", "/", "-", "--", "—", "——"}
# 本项目无开放数据; and not 无条件共享, which is a kind of sharing.
_SAYS_NONE = re.compile(
    r"(?:本(?:项目|系统|单位))?(?:暂?无(?!条件|偿|缝|法|论|关|需|线|限|纸|人)|没有|不涉及|[不未]产生)"
    r"[^。;；]{0,12}(?:数据|清单|共享|开放|授权|资源|资产)"
)
_HEADING_WITHIN = 20
_FEWEST_HEADINGS = 2


class SeenPart(BaseModel):
    """What was seen of one part of a document, and where."""

    model_config = ConfigDict(frozen=True)

    verdict: DocumentVerdict
    place: str | None
    why: str | None


class HandedIn(BaseModel):
    """A file handed in for the pre-review, and what was seen in it."""

    model_config = ConfigDict(frozen=True)

    kind: PreReviewMaterial
    file_id: UUID
    name: str
    sha256: str
    seen: dict[str, SeenPart]
    yuan: dict[str, MoneyYuan]


class Examination(NamedTuple):
    """What was seen in a document; the amounts are those of a cost assessment report."""

    seen: dict[str, Seen]
    yuan: dict[str, Decimal]


def is_read(kind: PreReviewMaterial) -> bool:
    """Whether anything is looked for in documents of this kind."""
    return kind not in (PreReviewMaterial.STANDALONE_BASIS, PreReviewMaterial.OTHER)


def examine(kind: PreReviewMaterial, text: Text, pack: RulePack) -> Examination:
    """Look for what a document of this kind must contain."""
    if kind is PreReviewMaterial.FEASIBILITY_REPORT:
        chapters = {chapter.id: chapter.headings for chapter in pack.feasibility_chapters}
        return Examination(look_for(text, chapters | DATA_RESOURCE_HEADINGS), {})
    if kind is PreReviewMaterial.COST_ASSESSMENT_REPORT:
        total = Total(TOTAL, TOTAL_WORDINGS, SUM_WORDINGS)
        return Examination(*costs.read(text, COST_WORDINGS, total))
    if kind is ASSETS:
        return Examination(_assets(text), {})
    if kind is CATALOGUE or kind in LISTS:
        return Examination({CONTENT: _entries(text)}, {})
    return Examination(look_for(text, _CHAPTERS[kind]), {})


def complete(kind: PreReviewMaterial, pack: RulePack) -> dict[str, DocumentVerdict]:
    """What is seen in a document of this kind that has all of its parts.

    >>> from govproject.regulation.pack import pack
    >>> complete(PreReviewMaterial.SHARING_LIST, pack("tinghu-2025"))
    {'content': <DocumentVerdict.PASS: 'pass'>}
    """
    if not is_read(kind):
        return {}
    return dict.fromkeys(examine(kind, Text(()), pack).seen, DocumentVerdict.PASS)


def _entries(text: Text) -> Seen:
    """Whether a list has entries below its heading, or says that there are none."""
    rows = [line for line in text.lines if line.table is not None]
    heading, entries = rows[:1], rows[1:]
    filled = next((row for row in entries if not _is_blank(row)), None)
    if filled is not None:
        return Seen(DocumentVerdict.PASS, filled.place)
    statement = next((line for line in text.lines if _says_none(line)), None)
    if statement is not None:
        return Seen(DocumentVerdict.NOT_APPLICABLE, statement.place, "清单写明没有有关数据")
    if text.cut is not None:
        return Seen(DocumentVerdict.DOUBT, None, text.cut)
    if heading:
        return Seen(DocumentVerdict.MISSING, heading[0].place, "只有表头，没有内容")
    if text.is_readable:
        return Seen(DocumentVerdict.DOUBT, text.lines[0].place, "不是表格，不能自动核对")
    return Seen(DocumentVerdict.MISSING, None, "文件中没有内容")


def _is_blank(row: Line) -> bool:
    """Whether a row holds numbers and dashes only, as a prepared form does."""
    return all(cell in _NOTHING or cell.replace(".", "").isdigit() for cell in row.cells)


def _says_none(line: Line) -> bool:
    """Whether a row has 无 for its entry, or a sentence says that there is none."""
    if line.table is not None:
        return _is_blank(line) and not _NONE.isdisjoint(line.cells)
    return _SAYS_NONE.match(line.text) is not None


def _assets(text: Text) -> dict[str, Seen]:
    """The columns of the catalogue of digital assets, and whether every asset fills them."""
    entries = {CONTENT: _entries(text)}
    heading = _heading(text)
    if heading is None:
        cannot_tell = entries[CONTENT].verdict is DocumentVerdict.DOUBT
        seen = (
            Seen(DocumentVerdict.DOUBT, None, entries[CONTENT].why)
            if cannot_tell
            else Seen(DocumentVerdict.MISSING)
        )
        return dict.fromkeys(ASSET_HEADINGS, seen) | entries
    at = text.lines.index(heading)
    rows = [
        row for row in text.lines[at + 1 :] if row.table == heading.table and not _is_blank(row)
    ]
    return {
        column: _column(heading, rows, wordings) for column, wordings in ASSET_HEADINGS.items()
    } | entries


def _heading(text: Text) -> Line | None:
    """The row near the top that names most of the columns."""
    rows = [line for line in text.lines if line.table is not None][:_HEADING_WITHIN]
    best = max(rows, key=_named, default=None)
    return best if best is not None and _named(best) >= _FEWEST_HEADINGS else None


def _named(row: Line) -> int:
    return sum(_place(row, wordings) is not None for wordings in ASSET_HEADINGS.values())


def _place(row: Line, wordings: Sequence[str]) -> int | None:
    return next(
        (at for at, cell in enumerate(row.cells) if any(word in cell for word in wordings)), None
    )


def _column(heading: Line, rows: Sequence[Line], wordings: Sequence[str]) -> Seen:
    at = _place(heading, wordings)
    if at is None:
        return Seen(DocumentVerdict.MISSING)
    for row in rows:
        if at >= len(row.cells) or not row.cells[at]:
            return Seen(DocumentVerdict.DOUBT, row.place, "有资产没有填写")
    return Seen(DocumentVerdict.PASS, heading.place)
