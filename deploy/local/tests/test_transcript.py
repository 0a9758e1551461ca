import io
from decimal import Decimal

import pytest
from rich.cells import cell_len
from rich.console import Console

from govproject_local.demo.transcript import Line, Transcript

LINES = [
    Line(
        "长沙市不动产登记“一网通办”平台升级改造项目（二期）",
        Decimal("105000000.00"),
        "全过程管理",
        "portal",
        "refused",
        "第27条（另有第6条、示例部门〔2026〕3号第2条）",
        "项目预算1,050万元，超过审定的105.5万元，不予分配基础设施资源。请于2026年12月31日前报备。",
    ),
    Line("social-services portal", None, "报备制管理", "bureau", "granted", "", "准予分配。"),
]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 150])
def test_no_amount_article_or_outcome_is_cut(width, capsys):
    transcript = Transcript(Console(file=io.StringIO(), width=width))
    transcript.table(LINES)
    printed = capsys.readouterr().out
    for whole in (
        *("10,500", "1,050万元", "105.5万元", "2026年", "12月", "31日", "第27条", "第6条", "3号"),
        *("全过程管理", "报备制管理", "portal", "bureau", "refused", "granted", "social-services"),
    ):
        assert whole in printed
    assert "…" not in printed
    assert max(map(cell_len, printed.splitlines())) <= width
    assert (transcript.granted, transcript.refused) == (1, 1)
