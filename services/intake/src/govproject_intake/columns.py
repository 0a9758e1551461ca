"""The tables that are exchanged about projects, plans and filings: their columns."""

from govproject.exchange import cells
from govproject.exchange.columns import Column
from govproject.terms import EvaluationGrade, FilingCondition, FilingStatus, ProjectKind, Track

_ID = Column("项目编号", "project_id", cells.IDENTIFIER)
_NAME = Column("项目名称", "project_name", cells.TEXT, required=True)
_UNIT = Column("项目单位", "unit", cells.TEXT, required=True, also=("申报单位", "建设单位"))
_KIND = Column("类型", "kind", cells.term(ProjectKind), also=("项目类型",))
_YEAR = Column("计划年度", "plan_year", cells.NUMBER)
_BUDGET = Column(
    "预算（万元）", "budget_yuan", cells.WAN_YUAN, also=("预算金额", "投资额"), total=True
)
_TRACK = Column("管理方式", "track", cells.term(Track))
_REFERENCE = Column("市级系统编号", "city_system_ref", cells.TEXT)
_DECLARED = Column("申报日期", "declared_on", cells.DAY)
_INCLUDED = Column("列入计划", "included", cells.YES_NO, also=("列入年度计划",))

SUMMARY = (
    Column("序号", "number", cells.NUMBER),
    _NAME,
    _UNIT,
    _KIND,
    _BUDGET,
    _TRACK,
    _REFERENCE,
    Column("状态", "state", cells.TEXT),
    Column("上次评价等次", "grade", cells.term(EvaluationGrade)),
    # Last, for programs: two projects of a unit may have one name.
    _ID,
)
"""What officials send on about a year's plan."""

PROJECTS = (
    Column("序号", "number", cells.NUMBER),
    _NAME,
    _UNIT,
    _KIND,
    _YEAR,
    _BUDGET,
    _TRACK,
    _REFERENCE,
    _INCLUDED,
    Column("报备状态", "filing_status", cells.term(FilingStatus)),
    Column("批复文号", "approval_number", cells.TEXT),
    Column("项目实施机构", "responsible_body", cells.TEXT),
    Column("项目责任人", "responsible_person", cells.TEXT),
    Column("系统名称", "system_name", cells.TEXT),
    _DECLARED,
    Column("终验日期", "accepted_on", cells.DAY),
    Column("停用日期", "decommissioned_at", cells.DAY),
    _ID,
)
"""All that is declared; filled in, it can be imported as a plan or as registrations."""

FILINGS = (
    Column("序号", "number", cells.NUMBER),
    _NAME,
    _UNIT,
    Column("预算（万元）", "budget_yuan", cells.WAN_YUAN, total=True),
    _REFERENCE,
    Column("报备状态", "status", cells.term(FilingStatus)),
    Column("内部技术审查论证日期", "internal_review_on", cells.DAY),
    Column("内部技术审查论证记录", "internal_review_record", cells.YES_NO),
    Column("声明存在的情形", "conditions", cells.terms(FilingCondition)),
    Column("不规范的情况", "irregular_reasons", cells.LINES),
    Column("提交日期", "submitted_at", cells.DAY),
    Column("认定日期", "decided_at", cells.DAY),
    _ID,
)
"""The filings (Arts 26, 27)."""

PLAN = (_NAME, _UNIT, _INCLUDED, _YEAR, _KIND, _BUDGET, _TRACK, _REFERENCE, _DECLARED, _ID)
"""What is imported as a plan; what does not say which project must agree with what is declared."""

PASSED = (*SUMMARY, *PROJECTS, *FILINGS)
"""What such a table may have besides: it may be one that this service exported."""

REGISTRATIONS = (
    _NAME,
    _UNIT,
    Column("市级系统编号", "city_system_ref", cells.TEXT, present=True),
    _YEAR,
    _ID,
)
"""What is imported as registrations; a project without a reference is left alone."""
