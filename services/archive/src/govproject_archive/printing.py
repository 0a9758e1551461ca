"""A handover list as a page to be printed: one file, no script, everything escaped (Art 41)."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from govproject.exchange.columns import Column
from govproject_archive.columns import CATALOGUE, FORMALITIES
from govproject_archive.views import HandoverListView

_STYLE = """
@page { size: A4; margin: 20mm 15mm; }
body { font: 12pt/1.6 "FangSong", "仿宋", "Noto Serif CJK SC", serif; color: #000; }
h1 { font-size: 18pt; text-align: center; }
h2 { font-size: 13pt; }
table { width: 100%; border-collapse: collapse; }
th, td { border: 1px solid #000; padding: 1mm 2mm; text-align: left; overflow-wrap: anywhere; }
th, td:nth-child(3) { white-space: nowrap; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 4mm; }
dd { margin: 0; }
.signatures { display: flex; justify-content: space-between; margin-top: 15mm; }
"""
_SIGNATURES = ("移交单位（盖章）：", "移交人：", "接收单位（盖章）：", "接收人：")


def particulars(view: HandoverListView) -> list[tuple[str, str]]:
    """What stands above the catalogue."""
    return [
        ("清册编号", view.handover_number),
        ("项目名称", view.project_name),
        ("移交单位", view.unit),
        ("案卷题名", view.volume_title),
        ("文件类别", view.file_class.zh),
        ("数量", f"{view.item_count}件，{view.page_count}页"),
        ("交接情况", "双方已清点无误并交接" if view.complete else "尚未完成交接"),
    ]


def page(title: str, view: HandoverListView) -> str:
    """The whole page."""
    head = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in particulars(view)
    )
    signatures = "".join(f"<span>{escape(each)}</span>" for each in _SIGNATURES)
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(title)} {escape(view.handover_number)}</title>"
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1><dl>{head}</dl>"
        f"<h2>目录</h2>{_table(CATALOGUE, map(dict, view.catalogue))}"
        f"<h2>交接手续</h2>{_table(FORMALITIES, map(dict, view.formalities))}"
        f'<p class="signatures">{signatures}</p></body></html>\n'
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
    return f"<td>{escape(shown)}</td>"
