"""The tables that are sent on about yearly reports and evaluations: their columns."""

from govproject.exchange import cells
from govproject.exchange.columns import Column
from govproject.terms import EvaluationDimension, EvaluationGrade, ProjectKind
from govproject_acceptance.lifecycle import Standing

ANNUAL_REPORTS = (
    Column("序号", "number", cells.NUMBER),
    Column("项目单位", "unit", cells.TEXT),
    Column("报告年度", "year", cells.NUMBER),
    Column("项目名称", "project_name", cells.TEXT),
    Column("类别", "standing", cells.term(Standing)),
    Column("建设、运行情况自评", "account", cells.PARAGRAPHS),
    Column("整体自我评价", "summary", cells.PARAGRAPHS),
    Column("自评价报告", "report_name", cells.TEXT),
    Column("报送期限", "due_on", cells.DAY),
    Column("报送日期", "submitted_at", cells.DAY),
    Column("逾期报送", "late", cells.YES_NO),
    Column("项目编号", "project_id", cells.IDENTIFIER),
)
"""Yearly reports (Art 22): a reported project a row."""

EVALUATIONS = (
    Column("序号", "number", cells.NUMBER),
    Column("项目名称", "project_name", cells.TEXT),
    Column("项目单位", "unit", cells.TEXT),
    Column("类型", "kind", cells.term(ProjectKind)),
    Column("预算（万元）", "budget_yuan", cells.WAN_YUAN),
    Column("评价日期", "evaluated_on", cells.DAY),
    Column("评价等次", "grade", cells.term(EvaluationGrade)),
    Column("评价结论", "opinion", cells.PARAGRAPHS),
    *(Column(each.zh, each.value, cells.PARAGRAPHS) for each in EvaluationDimension),
    Column("工作组专家", "experts", cells.LINES),
    Column("第三方机构", "agencies", cells.LINES),
    Column("绩效评价报告", "report_name", cells.TEXT),
    Column("项目编号", "project_id", cells.IDENTIFIER),
)
"""The finance bureau's evaluations (Arts 23, 24)."""
