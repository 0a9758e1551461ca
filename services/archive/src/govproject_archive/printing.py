"""A handover list as a page to be printed: one file, no script, everything escaped (Art 41)."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from govproject.exchange.columns import Column
from govproject.web import pages
from govproject_archive.columns import CATALOGUE, FORMALITIES
from govproject_archive.views import HandoverListView

_STYLE = """
@page { size: A4; margin: 20mm 15mm; }
* { box-sizing: border-box; }
body { margin: 0; font: 12pt/1.6 "FangSong", "仿宋", "Noto Serif CJK SC", serif; color: #000; }
h1 { font-size: 18pt; text-align: center; }
h2 { font-size: 13pt; }
table { width: 100%; border-collapse: collapse; }
th, td { border: 1px solid #000; padding: 1mm 2mm; text-align: left; overflow-wrap: anywhere; }
th, td:nth-child(3) { white-space: nowrap; }
th:nth-child(7), td:nth-child(7) { width: 40mm; white-space: normal; }
td:nth-child(7) { font-size: 8pt; line-height: 1.3; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 4mm; }
dd { margin: 0; }
.signatures { display: grid; grid-template-columns: 1fr 1fr; gap: 8mm 12mm; margin-top: 8mm;
  break-inside: avoid; }
.signatures p { margin: 0; }
.line { height: 22mm; border-bottom: 1px solid #000; }
.dated { text-align: right; white-space: pre; padding-top: 2mm; }
nav { font-size: 11pt; }
@media print { nav { display: none; } }
@media screen {
  body { max-width: 210mm; margin: 0 auto; padding: 10mm 15mm; }
}
@media screen and (max-width: 40rem) {
  body { padding: 5mm 4mm; }
  thead { display: none; }
  table, tbody, tr, td { display: block; }
  tr { border: 1px solid #000; margin-bottom: 3mm; }
  td, td:nth-child(3), td:nth-child(7) { width: auto; border: 0; white-space: normal; }
  td::before { content: attr(data-heading) "："; }
  td:empty { display: none; }
  .signatures { grid-template-columns: 1fr; }
}
"""
_SIGNATURES = (
    "移交单位（盖章）：",
    "接收单位（盖章）：",
    "移交人（签字）：",
    "接收人（签字）：",
)
_NOT_RECORDED = "未登记"
_DATE = "　　　　年　　　月　　　日"


def particulars(view: HandoverListView) -> list[tuple[str, str]]:
    """What stands above the catalogue."""
    return [
        ("清册编号", view.handover_number),
        ("项目名称", view.project_name),
        ("移交单位", view.unit),
        ("案卷题名", view.volume_title),
        ("文件类别", view.file_class.zh),
        ("案卷号", _NOT_RECORDED if view.number is None else str(view.number)),
        ("保管期限", _NOT_RECORDED if view.retention is None else view.retention.zh),
        ("开放审核", _NOT_RECORDED if view.access is None else view.access.zh),
        ("数量", f"{view.item_count}件，{view.page_count}页"),
        ("交接情况", "双方已清点无误并交接" if view.complete else "尚未完成交接"),
    ]


def page(title: str, view: HandoverListView) -> str:
    """The whole page."""
    head = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in particulars(view)
    )
    signatures = "".join(
        f'<div><p>{escape(each)}</p><p class="line"></p><p class="dated">{_DATE}</p></div>'
        for each in _SIGNATURES
    )
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} {escape(view.handover_number)}</title>"
        f"<style>{_STYLE}</style></head><body>"
        f'<nav><a href="{pages.HOME}">项目列表</a></nav>'
        f"<h1>{escape(title)}</h1><dl>{head}</dl>"
        f"<h2>目录</h2>{_table(CATALOGUE, map(dict, view.catalogue))}"
        f"<h2>交接手续</h2>{_table(FORMALITIES, map(dict, view.formalities))}"
        f'<section class="signatures">{signatures}</section></body></html>\n'
    )


def _table(columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> str:
    headings = "".join(f"<th>{escape(column.heading)}</th>" for column in columns)
    body = "".join(
        f"<tr>{''.join(_cell(column, row[column.field]) for column in columns)}</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{headings}</tr></thead><tbody>{body}</tbody></table>"


def _cell(column: Column, value: Any) -> str:
    shown = "" if value is None else str(column.kind.show(value))
    return f'<td data-heading="{escape(column.heading)}">{escape(shown)}</td>'
