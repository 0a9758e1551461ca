"""Tables that come back: plans and registrations, all rows or none."""

import io
from typing import Any
from uuid import UUID, uuid4

import openpyxl
import pytest

from govproject_intake.tables import AnnualPlan, PlanEntry

PLAN = "/annual-plans/2027"
UNIT = "亭湖区教育局"
REASON = "年中新增。"
NAMES = ["项目名称", "项目单位"]


@pytest.fixture
def upload(intake):
    """The id of a file that the bureau uploaded: rows, or a content as it is."""

    def send(given, name="表.xlsx") -> str:
        if isinstance(given, list):
            book = openpyxl.Workbook()
            for row in given:
                book.active.append(row)
            content = io.BytesIO()
            book.save(content)
            given = content.getvalue()
        params = {"name": name}
        answer = intake.call("POST", "/files", "bureau", params=params, content=given)
        assert answer.is_success, answer.text
        return str(answer.json()["id"])

    return send


@pytest.fixture
def send(intake, upload):
    def imported(path, given, **params: Any):
        query = {"file_id": upload(given), **params}
        return intake.call("POST", f"{path}/import", "bureau", params=query)

    return imported


@pytest.fixture
def outcomes(send):
    """What each row of a table did, that must succeed."""

    def imported(path, given, **params: Any):
        answer = send(path, given, **params)
        assert answer.status_code == 200, answer.text
        return [row["outcome"] for row in answer.json()["rows"]]

    return imported


@pytest.fixture
def bad(send, problem):
    """What is said of the bad cells of a table that is refused."""

    def refused(path, given, **params: Any):
        body = problem(send(path, given, **params), 422, "rows_invalid")
        assert body["bad_total"] == len(body["bad"])
        return [(each["place"], each["message"]) for each in body["bad"]]

    return refused


def drafted(intake):
    return [each["project_id"] for each in intake.get(PLAN).json()["projects"]]


def test_a_plan_is_drafted_from_a_table(intake, outcomes):
    first = intake.declared(project_name="䶮湖一期")
    second = intake.declared(project_name="䶮湖二期")
    third = intake.declared("亭湖区卫健委", project_name="䶮湖一期")
    rows = [
        ["2027年度计划"],
        ["序号", *NAMES, "预算（元）", "类型", "申报日期", "列入计划"],
        [1, "䶮湖 一期", UNIT, "300,000", "新建", "2026年8月3日", "是"],
        [2, "䶮湖二期", UNIT, 300000, None, None, "否"],
        [3, "䶮湖一期", "亭湖区卫健委", "30万元", None, "2026/8/3", "是"],
        ["合计", None, None, 900000],
    ]
    assert outcomes(PLAN, rows) == ["added", "unchanged", "added"]
    assert drafted(intake) == [first, third]
    assert intake.published("project.plan_adopted") == []
    assert outcomes(PLAN, rows) == ["unchanged"] * 3
    rows[2][-1], rows[3][-1] = "否", "是"
    assert outcomes(PLAN, rows) == ["removed", "added", "unchanged"]
    assert drafted(intake) == [second, third]


def test_what_is_exported_imports_again_and_changes_nothing(intake, upload, outcomes):
    published, draft, _ = intake.declared(), intake.registered(), intake.declared()
    intake.done(f"{PLAN}/projects", {"project_ids": [published]}, "bureau")
    intake.done(f"{PLAN}/drafts", {"add": [draft], "reason": REASON}, "bureau")
    before = intake.get(PLAN).json(), intake.published()
    for export, rows in ((f"{PLAN}/summary.xlsx", 2), ("/projects.xlsx", 3)):
        content = intake.get(export).content
        assert outcomes(PLAN, content) == ["unchanged"] * rows
        assert outcomes("/registrations", content) == ["unchanged"] * rows
    assert (intake.get(PLAN).json(), intake.published()) == before


def test_a_rehearsal_keeps_nothing_not_even_its_key(intake, upload):
    intake.declared(project_name="甲")
    query = {"file_id": upload([NAMES, ["甲", UNIT]])}

    def imported(**params: Any):
        return intake.call(
            "POST",
            f"{PLAN}/import",
            "bureau",
            params=query | params,
            headers={"Idempotency-Key": "once"},
        ).json()

    assert imported(dry_run=True)["counts"] == {"added": 1}
    assert intake.count(AnnualPlan, PlanEntry) == 0
    assert imported()["counts"] == {"added": 1}
    assert intake.count(AnnualPlan, PlanEntry) == 2


def test_an_unchanged_table_opens_no_version_and_an_addition_needs_a_reason(
    intake, send, outcomes, problem
):
    intake.declared(project_name="甲")
    table = [NAMES, ["甲", UNIT]]
    outcomes(PLAN, table)
    intake.done(f"{PLAN}/consolidation", as_="bureau")
    intake.done(f"{PLAN}/publication", {}, "bureau")
    assert outcomes(PLAN, table) == ["unchanged"]
    assert intake.count(AnnualPlan) == 1
    intake.declared(project_name="乙")
    table.append(["乙", UNIT])
    problem(send(PLAN, table), 409, "reason_missing")
    assert intake.count(AnnualPlan) == 1
    assert outcomes(PLAN, table, reason=REASON) == ["unchanged", "added"]


@pytest.fixture
def late(intake):
    """Projects 甲 and 乙, declared before the third quarter; 丙 in it."""
    intake.clock.turn(days=-40)
    found = [intake.declared(project_name=name) for name in ("甲", "乙")]
    intake.clock.turn(days=40)
    intake.declared(project_name="丙")
    return found


def reasons(intake):
    plan = intake.get(PLAN).json()
    return {each["project_name"]: each["reason"] for each in plan["projects"]}


def of_rows(*given: tuple[str, str | None]):
    return [[*NAMES, "受理理由（逾期必填）"], *([name, UNIT, said] for name, said in given)]


@pytest.mark.usefixtures("late")
class TestReasonsOfLateDeclarations:
    def test_a_row_brings_its_own(self, intake, bad, outcomes):
        ((place, message),) = bad(PLAN, of_rows(("甲", "任务一。"), ("乙", None), ("丙", None)))
        assert (place, "受理须有理由" in message) == ("第3行", True)
        table = of_rows(("甲", "任务一。\n见纪要。"), ("乙", "任务二。"), ("丙", None))
        assert outcomes(PLAN, table) == ["added"] * 3
        assert reasons(intake) == {"甲": "任务一。\n见纪要。", "乙": "任务二。", "丙": None}
        assert outcomes(PLAN, table) == ["unchanged"] * 3
        intake.done(f"{PLAN}/consolidation", as_="bureau")
        intake.done(f"{PLAN}/publication", {}, "bureau")
        assert len(intake.published("project.plan_adopted")) == 3
        assert [each["reason"] for each in intake.get(PLAN).json()["versions"]] == [None]

    def test_what_the_request_gives_is_for_late_rows_without_one(self, intake, outcomes):
        table = of_rows(("甲", "任务一。"), ("乙", None), ("丙", None))
        assert outcomes(PLAN, table, reason=REASON) == ["added"] * 3
        assert reasons(intake) == {"甲": "任务一。", "乙": REASON, "丙": None}
        assert outcomes(PLAN, table, reason="另有。") == ["unchanged", "changed", "unchanged"]
        assert reasons(intake) == {"甲": "任务一。", "乙": "另有。", "丙": None}

    def test_what_a_later_request_gives_leaves_each_its_own(self, intake, outcomes):
        outcomes(PLAN, of_rows(("甲", "任务一。"), ("乙", "任务二。")))
        table = [NAMES, *([name, UNIT] for name in ("甲", "乙", "丙"))]
        assert outcomes(PLAN, table, reason=REASON) == ["unchanged", "unchanged", "added"]
        assert reasons(intake) == {"甲": "任务一。", "乙": "任务二。", "丙": None}
        assert outcomes(PLAN, table, reason="另有。") == ["unchanged"] * 3
        assert reasons(intake) == {"甲": "任务一。", "乙": "任务二。", "丙": None}

    def test_another_one_in_the_draft_takes_its_place(self, intake, outcomes):
        outcomes(PLAN, of_rows(("甲", None), ("乙", None), ("丙", None)), reason=REASON)
        intake.done(f"{PLAN}/consolidation", as_="bureau")
        again = of_rows(("甲", "年中 新增。"), ("乙", None), ("丙", None))
        assert outcomes(PLAN, again) == ["unchanged"] * 3
        assert intake.get(PLAN).json()["versions"][0]["state"] == "consolidated"
        other = of_rows(("甲", "任务一。"), ("乙", None), ("丙", "重点。"))
        assert outcomes(PLAN, other) == ["changed", "unchanged", "changed"]
        assert reasons(intake) == {"甲": "任务一。", "乙": REASON, "丙": "重点。"}
        assert intake.get(PLAN).json()["versions"][0]["state"] == "draft"

    def test_what_an_older_build_drafted_without_one_gets_it(self, intake, late, outcomes):
        outcomes(PLAN, of_rows(("甲", "任务一。")))
        with intake.runtime.db.write() as session:
            session.get_one(PlanEntry, UUID(late[0])).reason = None
        assert outcomes(PLAN, of_rows(("甲", "任务二。"))) == ["changed"]
        assert reasons(intake) == {"甲": "任务二。"}

    def test_what_is_published_keeps_its_own(self, intake, bad, outcomes):
        outcomes(PLAN, of_rows(("甲", "任务一。")))
        intake.done(f"{PLAN}/consolidation", as_="bureau")
        intake.done(f"{PLAN}/publication", {}, "bureau")
        assert bad(PLAN, of_rows(("甲", "任务二。"), ("乙", "任务三。"))) == [
            ("C2", "项目已列入公布的2027年度计划，受理理由不能更改：任务一。")
        ]
        table = of_rows(("甲", None), ("乙", "任务三。"))
        assert outcomes(PLAN, table, reason=REASON) == ["unchanged", "added"]
        assert reasons(intake) == {"甲": "任务一。", "乙": "任务三。"}

    def test_a_version_after_the_published_one_has_a_reason_itself(
        self, intake, send, outcomes, problem
    ):
        outcomes(PLAN, of_rows(("丙", None)))
        intake.done(f"{PLAN}/consolidation", as_="bureau")
        intake.done(f"{PLAN}/publication", {}, "bureau")
        answer = problem(send(PLAN, of_rows(("甲", "任务一。"))), 409, "reason_missing")
        assert "新版本的理由" in answer["detail"]
        assert intake.count(AnnualPlan) == 1

    def test_the_versions_reason_is_taken_although_no_row_changes(self, intake, outcomes):
        table = of_rows(("丙", None))
        outcomes(PLAN, table)
        assert outcomes(PLAN, table, reason=REASON) == ["unchanged"]
        assert intake.get(PLAN).json()["versions"][0]["reason"] == REASON

    def test_one_that_cannot_be_kept_is_named_by_its_cell(self, intake, bad):
        table = of_rows(("甲", "理" * 4001), ("乙", "任务\u200b。"))
        assert [place for place, _ in bad(PLAN, table)] == ["C2", "C3"]
        assert intake.count(PlanEntry) == 0

    @pytest.mark.parametrize("export", [f"{PLAN}/summary.xlsx", "/projects.xlsx"])
    def test_an_exported_table_brings_them_again(self, intake, late, outcomes, export):
        outcomes(PLAN, of_rows(("甲", "任务一。"), ("乙", None)), reason=REASON)
        content = intake.get(export).content
        before = reasons(intake)
        intake.done(f"{PLAN}/drafts", {"remove": late}, "bureau")
        assert outcomes(PLAN, content)[:2] == ["added"] * 2
        assert reasons(intake) | {"丙": None} == before | {"丙": None}

    def test_units_see_them_once_they_are_published(self, intake, outcomes):
        def exported():
            book = openpyxl.load_workbook(io.BytesIO(intake.get("/projects.xlsx", "unit").content))
            headings, *rows = list(book.active.iter_rows(values_only=True))[2:]
            return [row[headings.index("受理理由")] for row in rows][:3]

        outcomes(PLAN, of_rows(("甲", "任务一。"), ("乙", "任务二。")))
        assert exported() == [None] * 3
        intake.done(f"{PLAN}/consolidation", as_="bureau")
        intake.done(f"{PLAN}/publication", {}, "bureau")
        assert exported() == ["任务一。", "任务二。", None]


def test_one_bad_row_and_the_plan_stays_as_it_was(intake, bad, outcomes, send):
    for name in ("甲", "乙", "丙", "丁", "丁"):
        intake.declared(project_name=name)
    intake.declared(project_name="旧", plan_year=2026)
    other = {
        "project_ids": [intake.declared(project_name="他", plan_year=2026)],
        "reason": REASON,
    }
    intake.done("/annual-plans/2026/projects", other, "bureau")
    table = [
        [*NAMES, "预算（万元）", "列入计划", "计划年度"],
        ["甲", UNIT, 30, "是"],
        ["乙", UNIT, 31, "是"],
        ["丙", "别的单位", 30, "是"],
        ["丁", UNIT, 30, "是"],
        ["甲", UNIT, 30, "否"],
        ["智慧\n校园", UNIT, 30, "是"],
        ["旧", UNIT, None, "是"],
        ["他", UNIT, None, "是", 2026],
        ["丙", UNIT, "三十", "要"],
    ]
    messages = [
        ("C3", "与申报的不一致：申报的是30.00万元"),
        ("A4", "没有该单位申报的2027年度项目，请核对名称和单位"),
        ("A5", "该单位有2个同名项目，请填写项目编号"),
        ("第6行", "与工作表“Sheet”第2行是同一个项目"),
        ("A7", "不得含有换行，请删除单元格内的换行"),
        ("A8", "没有该单位申报的2027年度项目，请核对名称和单位"),
        ("第9行", "项目已列入2026年度计划"),
        ("C10", "须为不小于零的金额，例如 120.5 或 1,205,000"),
        ("D10", "须填写“是”或“否”"),
    ]
    assert bad(PLAN, table) == messages
    assert intake.count(PlanEntry) == 1
    view = send(PLAN, table, skip_bad=True).json()
    assert view["rows"] == [{"sheet": "Sheet", "row": 2, "outcome": "added", "warnings": []}]
    assert [(each["place"], each["message"]) for each in view["bad"]] == messages
    assert (view["counts"], view["bad_total"]) == ({"added": 1}, 9)
    assert intake.count(PlanEntry) == 2


@pytest.mark.parametrize(
    ("heading", "nearest"), [("列人计划", "列入计划"), ("是否列入计划", "列入计划"), ("纳入", None)]
)
def test_a_misspelt_column_adopts_no_project(intake, send, problem, heading, nearest):
    intake.declared(project_name="甲")
    table = [[*NAMES, heading], ["甲", UNIT, "否"]]
    detail = problem(send(PLAN, table), 422, "headings_wrong")["detail"]
    assert f"C1的“{heading}”不是这类表格的列，请改" in detail
    assert nearest is None or f"最接近的“{nearest}”" in detail
    assert intake.count(AnnualPlan) == 0


def test_what_is_published_is_not_taken_out(intake, bad):
    ended = intake.declared(project_name="旧系统")
    intake.done(f"{PLAN}/projects", {"project_ids": [ended]}, "bureau")
    table = [[*NAMES, "列入计划"], ["旧系统", UNIT, "否"]]
    assert bad(PLAN, table) == [("C2", "项目已列入公布的2027年度计划，不能移出")]


def test_an_id_decides_between_two_of_one_name(intake, outcomes, bad):
    first, second = intake.declared(), intake.declared()
    top = [*NAMES, "项目编号"]
    assert outcomes(PLAN, [top, ["智慧校园", UNIT, second]]) == ["added"]
    assert drafted(intake) == [second]
    table = [top, ["智慧社区", UNIT, first], ["智慧校园", UNIT, str(uuid4())]]
    assert bad(PLAN, table) == [
        ("A2", "该编号的项目申报的是“智慧校园”，与表中不一致"),
        ("C3", "没有这个编号的项目"),
    ]


def test_references_are_registered_from_a_table(intake, outcomes):
    first = intake.declared(project_name="甲")
    intake.declared(project_name="乙")
    table = [[*NAMES, "市级系统编号"], ["甲", UNIT, "３２０９０２－2026–0007"], ["乙", UNIT, None]]
    assert outcomes("/registrations", table) == ["added", "unchanged"]
    assert intake.get(f"/projects/{first}").json()["city_system_ref"] == "320902-2026-0007"
    assert [str(e.project_id) for e in intake.published("project.registered")] == [first]
    assert outcomes("/registrations", table) == ["unchanged"] * 2
    assert len(intake.published("project.registered")) == 1


def test_a_reference_agrees_with_whatever_dash_it_is_typed(intake, outcomes, bad):
    intake.registered("320902-2026-0007", project_name="甲")
    top = [*NAMES, "市级系统编号"]
    assert outcomes(PLAN, [top, ["甲", UNIT, "320902–2026—0007"]]) == ["added"]
    assert bad(PLAN, [top, ["甲", UNIT, "320902–2026—0008"]]) == [
        ("C2", "与申报的不一致：申报的是320902-2026-0007")
    ]


def test_a_reference_that_is_another_projects_and_nothing_is_registered(intake, bad):
    intake.registered("320902-2026-0001", project_name="甲")
    for name in ("乙", "丙", "丁"):
        intake.declared(project_name=name)
    table = [
        [*NAMES, "市级系统编号"],
        ["乙", UNIT, "320902-2026-0005"],
        ["甲", UNIT, "320902-2026-0002"],
        ["丙", UNIT, "320902-2026-0001"],
        ["丁", UNIT, "320902–2026—0005"],
        ["丁", UNIT, 320902202600010001],
        ["甲", UNIT, None],
    ]
    assert bad("/registrations", table) == [
        ("C3", "项目已登记为320902-2026-0001"),
        ("C4", "该编号已用于项目“甲”"),
        ("C5", "该编号已用于项目“乙”"),
        ("C6", "数字超过15位，表格软件已不能准确保存，请将单元格设为文本格式后重新填写"),
        ("第7行", "与工作表“Sheet”第3行是同一个项目"),
    ]
    assert len(intake.published("project.registered")) == 1


def test_what_is_stopped_is_neither_planned_nor_registered(intake, bad):
    project = intake.declared(project_name="甲")
    intake.done(f"/projects/{project}/decommission-report", {"reason": "停用。"})
    for path, heading, value in (
        (PLAN, "列入计划", "是"),
        ("/registrations", "市级系统编号", "320902-2026-0007"),
    ):
        ((place, message),) = bad(path, [[*NAMES, heading], ["甲", UNIT, value]])
        assert (place, "已于2026-08-03报停用" in message) == ("第2行", True)
    assert intake.published("project.registered") == []


@pytest.mark.parametrize(
    ("given", "name", "code"),
    [
        (b"%PDF-1.7\n" + b"x" * 3000 + b"\n%%EOF\n", "表.pdf", "not_a_workbook"),
        ([["项目名称"], ["甲"]], "表.xlsx", "headings_wrong"),
        ([[*NAMES, "市级系统编号"]], "表.xlsx", "table_empty"),
        ([[*NAMES, "市级系统编号"], ["甲", "=1+1"]], "表.xlsx", "formula_without_value"),
    ],
)
def test_a_file_that_is_no_table(intake, upload, problem, given, name, code):
    for path in (f"{PLAN}/import", "/registrations/import"):
        query = {"file_id": upload(given, name)}
        problem(intake.call("POST", path, "bureau", params=query), 422, code)


@pytest.mark.parametrize("heading", ["市级编号", None])
def test_references_without_their_column_are_no_registrations(intake, upload, problem, heading):
    project = intake.declared()
    table = [
        [*NAMES, "项目编号", *([heading] if heading else [])],
        ["智慧校园", UNIT, project, *(["320902-2026-0007"] if heading else [])],
    ]
    query = {"file_id": upload(table)}
    answer = intake.call("POST", "/registrations/import", "bureau", params=query)
    assert "缺少“市级系统编号”列" in problem(answer, 422, "headings_wrong")["detail"]
    assert intake.published("project.registered") == []


def test_a_file_that_nobody_handed_in(intake, problem):
    for path in (f"{PLAN}/import", "/registrations/import"):
        query = {"file_id": str(uuid4())}
        problem(intake.call("POST", path, "bureau", params=query), 422, "file_unknown")


def test_a_program_under_a_tables_name_is_not_even_taken(intake, problem):
    answer = intake.call(
        "POST", "/files", "bureau", params={"name": "表.xlsx"}, content=b"MZ" + b"\0" * 500
    )
    problem(answer, 422, "file_mismatch")
