"""The tables that are exchanged about projects, plans, filings and spot checks: their columns."""

from dataclasses import replace

from govproject.documents.lines import clean
from govproject.exchange import cells
from govproject.exchange.columns import Column
from govproject.resources import Resources
from govproject.terms import (
    DeploymentTarget,
    EvaluationGrade,
    FilingCondition,
    FilingStatus,
    LongLivedSystem,
    MaterialKind,
    MobileScope,
    ProjectKind,
    ProjectScope,
    Track,
)
from govproject_intake.checks import CheckItem
from govproject_intake.lifecycle import OrderState


def _materials(value: object, heading: str) -> list[tuple[MaterialKind, str]]:
    """The files of a declaration, one a line: 项目申报表：申报表.docx, or the id of the file."""
    kinds = {kind.zh: kind for kind in MaterialKind}
    found = []
    for line in cells.lines(value, heading):
        kind, _, file = line.replace("：", ":", 1).partition(":")
        if clean(kind) not in kinds or not file.strip():
            raise cells.BadValue(
                f"“{line}”须写作“材料类别：文件名”，材料类别为{'、'.join(kinds)}之一，每行一份"
            )
        found.append((kinds[clean(kind)], file.strip()))
    return found


def _is_worked(value: object, heading: str) -> bool:
    known = {"是": True, "班": True, "否": False, "休": False}
    text = clean(str(value))
    if isinstance(value, bool) or text not in known:
        raise cells.BadValue("是否工作日须填写“是”“否”或“班”“休”")
    return known[text]


MATERIALS = cells.Kind(
    _materials,
    lambda given: "\n".join(f"{kind.zh}：{file}" for kind, file in given),
    width=36,
)
RESOURCES = tuple(
    Column(field.title or name, name, cells.NUMBER)
    for name, field in Resources.model_fields.items()
)
"""What is planned in the government cloud."""

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
_REASON = Column(
    "受理理由",
    "reason",
    cells.PARAGRAPHS,
    also=("逾期受理理由", "受理逾期申报的理由"),
)

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
    _REASON,
    Column("例外", "exceptions", cells.LINES),
    # Last, for programs: two projects of a unit may have one name.
    _ID,
)
"""What officials send on about a year's plan."""

PROJECTS = (
    Column("序号", "number", cells.NUMBER),
    _NAME,
    _UNIT,
    Column("适用范围", "scope", cells.term(ProjectScope), present=True),
    replace(_KIND, present=True),
    replace(_YEAR, present=True),
    replace(_BUDGET, present=True),
    _TRACK,
    _REFERENCE,
    _INCLUDED,
    _REASON,
    Column("报备状态", "filing_status", cells.term(FilingStatus)),
    Column("批复文号", "approval_number", cells.TEXT),
    Column("项目实施机构", "responsible_body", cells.TEXT, present=True),
    Column("项目责任人", "responsible_person", cells.TEXT, present=True),
    Column("系统名称", "system_name", cells.TEXT),
    _DECLARED,
    Column("终验日期", "accepted_on", cells.DAY),
    Column("停用日期", "decommissioned_at", cells.DAY),
    Column("新建或改造系统", "builds_system", cells.YES_NO, present=True),
    Column("部署位置", "deployment_target", cells.term(DeploymentTarget), present=True),
    Column("单独建设依据", "standalone_basis", cells.TEXT),
    Column("依据文件", "policy_basis", cells.LINES, present=True),
    Column("申报材料", "materials", MATERIALS, present=True),
    Column("首次运维或服务说明", "first_period_note", cells.TEXT),
    Column("优化系统类型", "system_type", cells.term(LongLivedSystem)),
    Column("优化金额（万元）", "amount_yuan", cells.WAN_YUAN),
    Column("优化资金来源", "funding_source", cells.TEXT),
    *RESOURCES,
    Column("关联项目编号", "related_project_ids", cells.IDENTIFIERS),
    _ID,
)
"""All that is declared (Art 5); filled in, it can be imported as declarations, a plan or
registrations."""

CONDITIONS = tuple(
    Column(condition.zh, condition.value, cells.YES_NO, required=True)
    for condition in FilingCondition
)
"""Each of the five is declared for itself (Art 26)."""

FILINGS = (
    Column("序号", "number", cells.NUMBER),
    _NAME,
    _UNIT,
    Column("预算（万元）", "budget_yuan", cells.WAN_YUAN, total=True),
    _REFERENCE,
    Column("报备状态", "status", cells.term(FilingStatus)),
    Column("报备版次", "revision", cells.NUMBER),
    Column("内部技术审查论证日期", "internal_review_on", cells.DAY, present=True),
    Column("内部技术审查论证记录", "internal_review_record_file_id", cells.TEXT),
    *CONDITIONS,
    Column("移动端建设内容", "mobile", cells.term(MobileScope)),
    Column("单独建设文件", "standalone_basis_file_id", cells.TEXT),
    Column("数据共享和业务协同方案", "data_sharing_plan_file_id", cells.TEXT),
    *RESOURCES,
    Column("不规范的情况", "irregular_reasons", cells.LINES),
    Column("提交日期", "submitted_at", cells.DAY),
    Column("认定日期", "decided_at", cells.DAY),
    _ID,
)
"""The filings (Arts 26, 27); files by their names, or by their ids."""

PLAN = (
    _NAME,
    _UNIT,
    _INCLUDED,
    _REASON,
    _YEAR,
    _KIND,
    _BUDGET,
    _TRACK,
    _REFERENCE,
    _DECLARED,
    _ID,
)
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

SPOT_CHECKS = (
    Column("序号", "number", cells.NUMBER),
    Column("抽查事由", "occasion", cells.PARAGRAPHS),
    Column("抽取日期", "drawn_at", cells.DAY),
    _NAME,
    _UNIT,
    *(
        column
        for item in CheckItem
        for column in (
            Column(item.zh, item.value, cells.YES_NO),
            Column(f"{item.zh}核查情况", f"{item.value}_finding", cells.PARAGRAPHS),
        )
    ),
    Column("核查人", "inspector", cells.TEXT),
    Column("核查日期", "recorded_at", cells.DAY),
    Column("待责令整改", "order_wanting", cells.YES_NO),
    Column("责令整改的问题", "problem", cells.PARAGRAPHS),
    Column("整改期限", "due_on", cells.DAY),
    Column("整改状态", "state", cells.term(OrderState)),
    _ID,
)
"""What officials send on about spot checks (Art 29): a drawn project a row."""

DAYS = (
    Column("日期", "day", cells.DAY, required=True),
    Column(
        "是否工作日",
        "is_working",
        cells.Kind(_is_worked, cells.YES_NO.show, width=12),
        required=True,
    ),
    Column("依据", "notice", cells.TEXT, required=True, also=("通知文号",)),
)
"""Working days, by the State Council's notices."""
