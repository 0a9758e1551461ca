"""The tables of a handover list: its catalogue and its formalities (Art 41)."""

from govproject.exchange import cells
from govproject.exchange.columns import Column
from govproject.terms import PaperKind

CATALOGUE = (
    Column("件号", "position", cells.NUMBER),
    Column("文件题名", "title", cells.TEXT),
    Column("文件日期", "dated_on", cells.DAY),
    Column("页数", "pages", cells.NUMBER, total=True),
    Column("页号", "page_numbers", cells.TEXT),
    Column("材料种类", "kind", cells.term(PaperKind)),
    Column("电子文件校验值（SHA-256）", "sha256", cells.TEXT),
)
FORMALITIES = (
    Column("手续", "name", cells.TEXT),
    Column("办理人", "person", cells.TEXT),
    Column("日期", "at", cells.DAY),
    Column("清点件数", "counted", cells.NUMBER),
)
