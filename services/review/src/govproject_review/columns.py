"""The table of the expert pool (Art 10)."""

from govproject.exchange import cells
from govproject.exchange.columns import Column
from govproject_review.draw import ExpertField

EXPERTS = (
    Column("姓名", "name", cells.TEXT, required=True, also=("专家姓名",)),
    Column("工作单位", "employer", cells.TEXT, required=True, also=("单位",)),
    Column("专业领域", "fields", cells.terms(ExpertField), required=True, also=("专业",)),
    Column("登录账号", "account", cells.TEXT, required=True, also=("账号",)),
    # Whoever has none leaves it empty; a heading that is written otherwise must not hide it.
    Column("利害关系声明", "declared_conflicts", cells.LINES, present=True),
    Column("入库日期", "added_on", cells.DAY),
    Column("出库日期", "retired_on", cells.DAY),
)
