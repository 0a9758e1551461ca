"""Declarations from a table: as many commands, all or none."""

import io
from typing import Any

import openpyxl
import pytest
from sqlmodel import select

from govproject_intake.tables import Project

IMPORT = "/projects/import"
UNIT = "亭湖区教育局"
TOP = [
    "项目名称",
    "项目单位",
    "适用范围",
    "类型",
    "计划年度",
    "预算（元）",
    "项目实施机构",
    "项目责任人",
    "新建或改造系统",
    "部署位置",
    "依据文件",
    "申报材料",
    "虚拟CPU（核）",
    "申报日期",
]


@pytest.fixture
def papers(intake):
    """The files of a declaration, as a table names them; uploaded now."""
    files = intake.materials()
    kinds = {
        "application_form": "项目申报表",
        "implementation_plan": "项目实施方案",
        "policy_basis": "依据文件",
    }
    return "\n".join(f"{kinds[each['kind']]}：{each['file_id']}" for each in files)


@pytest.fixture
def row(papers):
    def make(name="𠮷祥䶮湖", unit=UNIT, **changes: Any):
        values = {
            "适用范围": "不涉及国家秘密的政务信息化项目",
            "类型": "新建",
            "计划年度": "２０２７",
            "预算（元）": "30万元",
            "项目实施机构": "教育局信息中心",
            "项目责任人": "张三",
            "新建或改造系统": "是",
            "部署位置": "区政务云",
            "依据文件": "区政府会议纪要〔2026〕5号",
            "申报材料": papers,
            "虚拟CPU（核）": 64,
            "申报日期": None,
        } | changes
        return [name, unit, *values.values()]

    return make


@pytest.fixture
def outcomes(intake):
    def imported(given, **params: Any):
        answer = intake.imported(IMPORT, given, **params)
        assert answer.status_code == 200, answer.text
        return [each["outcome"] for each in answer.json()["rows"]]

    return imported


def test_rows_are_declared_once(intake, row, outcomes):
    table = [["申报计划"], TOP]
    for number, day in enumerate(("2026-08-03", "2026/8/3", "2026年8月3日")):
        table.append(row(f"䶮湖{number}", **{"预算（元）": "４００,０００", "申报日期": day}))
    assert outcomes(table, dry_run=True) == ["added"] * 3
    assert (intake.count(Project), intake.published()) == (0, [])
    assert outcomes(table) == ["added"] * 3
    declared = intake.published("project.declared")
    assert [event.project_name for event in declared] == ["䶮湖0", "䶮湖1", "䶮湖2"]
    first = intake.get(f"/projects/{declared[0].project_id}").json()
    assert (first["unit"], first["budget_yuan"], first["plan_year"]) == (UNIT, "400000.00", 2027)
    assert first["cloud_plan"]["vcpus"] == 64
    path = f"/projects/{declared[0].project_id}/materials"
    assert len(intake.get(path).json()["materials"]) == 3
    before = intake.published()
    assert outcomes(table) == ["unchanged"] * 3
    assert intake.published() == before


def test_what_is_exported_imports_again_and_changes_nothing(intake, outcomes):
    first = intake.registered(system_name="䶮湖", standalone_basis="国发〔2026〕1号")
    intake.declared(
        kind="ops",
        project_name="䶮湖运维",
        builds_system=False,
        deployment_target="none",
        cloud_plan=None,
        related_project_ids=[first],
        optimisation_in_ops={
            "system_type": "portal",
            "amount_yuan": "20000.50",
            "funding_source": "本级财政",
        },
    )
    intake.filed(first)
    intake.done("/annual-plans/2027/projects", {"project_ids": [first]}, "bureau")
    before = intake.published()
    content = intake.get("/projects.xlsx", "unit").content
    assert outcomes(content) == ["unchanged"] * 2
    assert intake.published() == before
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    headings = [cell.value for cell in sheet[3]]
    sheet.cell(4, headings.index("项目责任人") + 1).value = "李四"
    changed = io.BytesIO()
    book.save(changed)
    body = intake.imported(IMPORT, changed.getvalue()).json()
    assert [(each["place"], each["message"]) for each in body["bad"]] == [
        ("O4", "与申报的不一致：申报的是张三")
    ]


def test_what_a_declaration_is_warned_of_stands_at_its_row(intake, row, clock):
    clock.turn(days=90)
    body = intake.imported(IMPORT, [TOP, row()]).json()
    unit, window = body["rows"][0]["warnings"]
    assert unit == "F2“预算(元)”单元格写明万元，与表头的元不同，已按30万元计"
    assert "本次申报不在规定时间内" in window


def test_an_amount_that_may_be_in_another_unit_is_not_declared(intake, row, problem):
    top = ["预算（万元）" if heading == "预算（元）" else heading for heading in TOP]
    optimised = [*top, "优化系统类型", "优化金额（万元）", "优化资金来源"]
    table = [
        optimised,
        [*row("甲", **{"预算（元）": 300000}), *[None] * 3],
        [*row("乙", **{"预算（元）": "30 万元"}), *[None] * 3],
        [*row("丙", **{"预算（元）": "300000元"}), *[None] * 3],
        [*row("丁", **{"预算（元）": "300000 万元"}), *[None] * 3],
        [*row("戊", **{"预算（元）": 30}), "长期使用的综合门户", 20000, "本级财政"],
    ]
    body = problem(intake.imported(IMPORT, table), 422, "rows_invalid")
    says = "按表头的单位为{}万元，疑以元填写，请核对，并在单元格内写明单位"
    assert [(each["place"], each["message"]) for each in body["bad"]] == [
        ("F2", says.format(300000)),
        ("P6", says.format(20000)),
    ]
    assert intake.count(Project) == 0
    view = intake.imported(IMPORT, table, skip_bad=True).json()
    assert [each["warnings"] for each in view["rows"]] == [
        [],
        ["F4“预算(万元)”单元格写明元，与表头的万元不同，已按300000元计"],
        [],
    ]
    budgets = {each.project_name: each.budget_yuan for each in intake.published("project.declared")}
    assert budgets == {"乙": 300000, "丙": 300000, "丁": 3000000000}


def test_what_was_declared_before_the_scope_was_asked_for_agrees_with_being_governed(
    intake, row, outcomes, problem
):
    table = [TOP, row("甲")]
    outcomes(table)
    with intake.runtime.db.write() as session:
        session.exec(select(Project)).one().scope = None
    assert outcomes(table) == ["unchanged"]
    otherwise = [TOP, row("甲", 适用范围="涉及国家秘密")]
    (bad,) = problem(intake.imported(IMPORT, otherwise), 422, "rows_invalid")["bad"]
    assert (bad["place"], "请告知区数据局" in bad["message"]) == ("C2", True)


@pytest.mark.parametrize("about", ["系统名称", "项目责任人"])
def test_a_dash_is_part_of_a_name_and_not_of_a_number(intake, row, outcomes, problem, about):
    def table(number, name):
        values = row("甲", 项目责任人="王-一")
        headings = [*TOP, "市级系统编号", "系统名称"]
        given = dict(zip(headings, [*values, number, "一-二"], strict=True)) | {about: name}
        return [headings, list(given.values())]

    same = {"系统名称": "一-二", "项目责任人": "王-一"}[about]
    outcomes(table(None, same))
    (project,) = intake.published("project.declared")
    body = {"city_system_ref": "320902-2026-0001"}
    intake.done(f"/projects/{project.project_id}/registration", body, "bureau")
    assert outcomes(table("３２０９０２\u20132026\u22120001", same)) == ["unchanged"]
    other = table(None, same.replace("-", "\u2014"))
    (bad,) = problem(intake.imported(IMPORT, other), 422, "rows_invalid")["bad"]
    assert bad["message"] == f"与申报的不一致：申报的是{same}"


def test_why_the_bureau_takes_it_in_is_not_the_units_to_say(intake, row, problem):
    table = [[*TOP, "受理理由"], [*row("甲"), "上级新任务。"]]
    (bad,) = problem(intake.imported(IMPORT, table), 422, "rows_invalid")["bad"]
    assert bad["place"] == "O2"
    assert bad["message"].startswith("尚未申报的项目没有这一项")


def test_one_bad_row_and_nothing_is_declared(intake, row, problem):
    table = [
        [*TOP, "终验日期"],
        [*row("甲"), None],
        [*row("乙", "亭湖区卫健委"), None],
        [*row("丙", 申报材料="项目申报表：没有.docx"), None],
        [*row("丁", 申报材料="申报表.docx"), None],
        [*row("戊", 依据文件=None, 项目责任人=None), None],
        [*row("甲 "), None],
        [*row("己", 申报日期="2026-08-02"), None],
        [*row("庚"), "2026-08-01"],
        [*row("辛", 部署位置="不部署系统"), None],
        [*row("壬", **{"虚拟CPU（核）": 99999999}), None],
        [*row("癸", 申报材料=row()[11].splitlines()[0]), None],
    ]
    body = problem(intake.imported(IMPORT, table), 422, "rows_invalid")
    bad = [(each["place"], each["message"]) for each in body["bad"]]
    assert bad[:10] == [
        ("B3", "只能申报本单位（亭湖区教育局）的项目"),
        ("L4", "没有上传过文件“没有.docx”，请先上传，或核对文件名"),
        bad[2],
        ("H6", "必须填写"),
        ("K6", "必须填写"),
        ("第7行", "与工作表“Sheet”第2行是同一个项目"),
        ("N8", "申报日期为导入当天（2026-08-03），请留空"),
        ("O9", "尚未申报的项目没有这一项，由系统在办理后登记，请留空"),
        bad[8],
        ("M11", "须不大于 10000000"),
    ]
    assert (bad[2][0], "须写作“材料类别：文件名”" in bad[2][1]) == ("L5", True)
    assert (bad[8][0], "须填写部署位置" in bad[8][1]) == ("第10行", True)
    assert (bad[10][0], "缺少项目实施方案" in bad[10][1]) == ("第12行", True)
    assert (len(bad), intake.count(Project), intake.published()) == (11, 0, [])
    view = intake.imported(IMPORT, table, skip_bad=True).json()
    assert (view["counts"], view["bad_total"]) == ({"added": 1}, 11)
    assert [event.project_name for event in intake.published("project.declared")] == ["甲"]


def test_a_secret_row_is_asked_for_nothing_more_and_told_where_to_go(intake, row, problem):
    whole = row("甲", 适用范围="涉及国家秘密")
    bare = [None] * len(whole)
    bare[:3] = ["乙", whole[1], "涉及国家秘密"]
    quoting = row("丁", 适用范围="涉及国家秘密", 申报材料="绝密方案.docx", 类型="绝密")
    body = problem(intake.imported(IMPORT, [TOP, whole, bare, quoting]), 422, "rows_invalid")
    assert [each["place"] for each in body["bad"]] == ["第2行", "第3行", "第4行"]
    assert "绝密" not in str(body)
    assert all("涉及国家秘密" in each["message"] for each in body["bad"])
    assert all("保密工作机构" in each["remedy"] for each in body["bad"])
    assert intake.imported(IMPORT, [TOP, whole, row("丙")], skip_bad=True).is_success
    assert [event.project_name for event in intake.published("project.declared")] == ["丙"]


def test_files_are_named_and_two_of_one_name_are_not_guessed(intake, row, problem):
    intake.handed_in("申报表.pdf", b"%PDF-1.7\n" + b"x" * 3000 + b"\n%%EOF\n")
    papers = row()[11].splitlines()
    table = [TOP, row(申报材料="\n".join(["项目申报表：申报表.pdf", *papers[1:]]))]
    assert intake.imported(IMPORT, table, dry_run=True).json()["counts"] == {"added": 1}
    intake.handed_in("申报表.pdf", b"%PDF-1.7\n" + b"y" * 3000 + b"\n%%EOF\n")
    body = problem(intake.imported(IMPORT, table), 422, "rows_invalid")
    assert [(each["place"], each["message"]) for each in body["bad"]] == [
        ("L2", "上传过2个内容不同的“申报表.pdf”，请填写文件编号")
    ]


def test_other_units_projects_are_none_of_its_business(intake, row, problem):
    other = intake.declared("亭湖区卫健委", project_name="䶮湖")
    table = [[*TOP, "项目编号"], [*row("䶮湖", "亭湖区卫健委"), other]]
    body = problem(intake.imported(IMPORT, table), 422, "rows_invalid")
    assert [each["message"] for each in body["bad"]] == ["没有这个编号的项目"]
