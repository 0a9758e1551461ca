"""The materials for a pre-review (Art 8), small and real: what a unit would hand in.

Chapters are headed in the regulation's own words, so that nothing is found missing in them.
"""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache

import docx
import openpyxl
from pypdf import PdfWriter

from govproject.regulation.pack import RulePack, packs
from govproject.terms import CostHead
from govproject_local.documents import Block, word

File = tuple[str, bytes]

_WAN = 10_000
_NUMBERS = (*"一二三四五六七八九十", "十一", "十二")
_DATA_CHAPTER = "数据资源篇"
_CRYPTO = (
    "项目背景",
    "系统概述",
    "密码应用需求分析",
    "安全目标及设计原则",
    "密码应用设计",
    "安全管理方案",
    "安全与合规性分析",
)
_SECURITY = (
    "编制依据",
    "网络安全需求分析",
    "现状与差距分析",
    "网络安全总体建设方案",
    "网络安全总体设计方案",
    "网络安全建设方案",
    "网络安全培训需求与计划",
    "网络安全实施进度",
    "网络安全投资估算和资金筹措",
)
_OPS = ("运维内容", "运维周期", "运维范围", "技术方案", "绩效目标", "经费测算")
_DESIGN = ("建设内容及规模", "建设工期", "主要材料", "设备的规格和技术参数", _DATA_CHAPTER)
_ENTRIES = (
    ("序号", "数据名称", "数据项", "更新周期", "共享方式"),
    (1, "办件信息", "办件编号、事项名称、办结时间", "每日", "有条件共享"),
    (2, "自然人基础信息", "姓名、证件号码", "实时", "无条件共享"),
)
_ASSETS = (
    ("序号", "数字资产名称", "类型", "属性", "数量", "协议", "是否具备共享条件"),
    (1, "业务受理组件", "软件", "自建", 1, "HTTP", "是"),
    (2, "办件数据库", "数据", "自建", 1, "SQL", "否"),
)


def chapters(titles: Iterable[str]) -> bytes:
    """A Word document with a chapter of some text under each title."""
    blocks: list[Block] = []
    for number, title in zip(_NUMBERS, titles, strict=False):
        blocks += [
            (1, f"{number}、{title}"),
            (0, f"本章说明本项目的{title}，内容与有关规定和本单位的实际情况相符。"),
        ]
    return word(blocks)


def sheet(rows: Iterable[Sequence[object]], title: str = "清单") -> bytes:
    """A workbook with one sheet of rows."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = title
    for row in rows:
        page.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def table(rows: Iterable[Sequence[str]], *above: str) -> bytes:
    """A Word document with one table, and lines above it."""
    document = docx.Document()
    for line in above:
        document.add_paragraph(line)
    texts = [list(row) for row in rows]
    grid = document.add_table(rows=len(texts), cols=len(texts[0]))
    for row, cells in zip(grid.rows, texts, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def scan() -> bytes:
    """A PDF without any text, as a scanner makes it."""
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


@cache
def cost_assessment_report(total_yuan: Decimal) -> bytes:
    """A report whose four costs, in 万元, add up to the total."""
    parts = {
        CostHead.NETWORK_SECURITY_COST: round(total_yuan / 10, -2),
        CostHead.OTHER_COSTS: round(total_yuan / 20, -2),
        CostHead.CONTINGENCY: round(total_yuan / 50, -2),
    }
    amounts = {CostHead.DIRECT_COST: total_yuan - sum(parts.values())} | parts
    rows = [("序号", "费用名称", "金额（万元）")]
    rows += [
        (str(number), head.zh, f"{yuan / _WAN:f}")
        for number, (head, yuan) in enumerate(amounts.items(), start=1)
    ]
    return table([*rows, ("", "合计", f"{total_yuan / _WAN:f}")], "项目造价咨询评估报告")


@cache
def _fixed() -> dict[str, File]:
    report = _feasibility(packs()[-1])
    return {
        "feasibility_report": ("可行性研究报告.docx", report),
        "crypto_plan": ("密码应用方案.docx", chapters(_CRYPTO)),
        "network_security_plan": ("网络安全建设方案.docx", chapters(_SECURITY)),
        "data_resource_catalogue": ("数据资源目录.xlsx", sheet(_ENTRIES, "数据资源目录")),
        "sharing_list": ("共享清单.xlsx", sheet(_ENTRIES, "共享清单")),
        "opening_list": ("开放清单.xlsx", sheet(_ENTRIES, "开放清单")),
        "authorized_operation_list": ("授权运营清单.xlsx", sheet(_ENTRIES, "授权运营清单")),
        "digital_asset_catalogue": ("数字资产目录.xlsx", sheet(_ASSETS)),
        "ops_plan": ("运维方案.docx", chapters(_OPS)),
        "preliminary_design": ("初步设计方案.docx", chapters(_DESIGN)),
    }


def _feasibility(pack: RulePack) -> bytes:
    return chapters([*(chapter.title for chapter in pack.feasibility_chapters), _DATA_CHAPTER])


def pre_review_materials(kind: str, budget_yuan: Decimal) -> dict[str, File]:
    """What is handed in for the pre-review of such a project.

    Returns:
        For each kind of material a file's name and content.
    """
    files = dict(_fixed())
    if kind != "ops":
        del files["ops_plan"]
    if not packs()[-1].needs_preliminary_design(budget_yuan):
        del files["preliminary_design"]
    report = ("项目造价咨询评估报告.docx", cost_assessment_report(budget_yuan))
    return files | {"cost_assessment_report": report}
