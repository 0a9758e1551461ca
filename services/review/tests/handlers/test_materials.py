"""The documents of a pre-review, from the upload to what the bureau is shown (Arts 2, 8)."""

import io
import shutil
import zipfile
from datetime import date
from decimal import Decimal
from textwrap import dedent
from uuid import uuid4

import pytest

from govproject.terms import DeploymentTarget, ProjectKind
from govproject_local.review_documents import chapters, pre_review_materials, scan, sheet, table
from govproject_review.rules.article_07_pre_review import POINTS

GOOD = dict.fromkeys(POINTS, True)
SCAN = b"\x89PNG\r\n\x1a\n" + b"\0" * 20 + b"IEND\xaeB`\x82"
NO_TEXT = scan()


@pytest.fixture
def submit(empty):
    """Send in the samples with changes: another file for a kind, None for none."""

    def send(kind="new", yuan="1200000", statements=None, **changes: object):
        given = pre_review_materials(kind, Decimal(yuan)) | changes
        given = {material: file for material, file in given.items() if file is not None}
        body = {"files": empty.files(given), "statements": {"mobile": "none"}}
        body["statements"] |= statements or {}
        return empty.post(f"/projects/{empty.project}/pre-reviews", body)

    return send


def verdict(review, pre_review_id, **body: object):
    return review.post(f"/pre-reviews/{pre_review_id}/verdict", body, "bureau")


def warned(answer):
    assert answer.is_success, answer.text
    return [finding["rule"] for finding in answer.json()["findings"]]


def test_what_was_handed_in_is_shown_with_what_is_in_it(review, submit):
    assert warned(submit()) == []
    page = review.page()["pre_review"]
    files = {file["kind"]: file for file in page["files"]}
    assert len(files) == 9
    assert files["crypto_plan"]["name"] == "密码应用方案.docx"
    background = files["crypto_plan"]["seen"]["background"]
    assert background == {"verdict": "pass", "place": "第1段", "why": None}
    assert files["cost_assessment_report"]["yuan"]["total"] == "1200000.00"
    assert page["statements"]["mobile"] == "none"


def test_what_final_acceptance_compares_with_is_published(review, submit):
    none = {"opening_list": ("开放清单.xlsx", sheet([["序号", "数据名称"], ["1", "无"]]))}
    answer = submit(statements={"mobile": "city_portal"}, **none)
    points = {**GOOD, "mobile_portal": True}
    assert verdict(review, answer.json()["id"], points=points).is_success
    (event,) = review.published("pre_review.passed")
    assert event.mobile == "city_portal"
    assert set(event.lists) == {
        "sharing_list",
        "authorized_operation_list",
        "digital_asset_catalogue",
    }


def test_a_caller_of_old_is_told_everything_that_is_missing(review, refusal):
    path = f"/projects/{review.project}/pre-reviews"
    assert refusal(review.post(path, {"materials": ["可行性研究报告"]})) == [
        "no_separate_mobile_app",
        "cost_assessment_report",
        "crypto_application_plan",
        "data_resource_catalogue",
        "digital_asset_catalogue",
        "feasibility_report_guideline",
        "network_security_plan",
        *["three_data_lists"] * 3,
    ]
    assert review.get(path).json()["items"] == []


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"feasibility_report": None}, "feasibility_report_guideline"),
        ({"cost_assessment_report": None}, "cost_assessment_report"),
        ({"crypto_plan": None}, "crypto_application_plan"),
        ({"crypto_plan": ("方案.docx", chapters(["项目背景"]))}, "crypto_application_plan"),
        ({"network_security_plan": ("方案.docx", chapters(["培训"]))}, "network_security_plan"),
        ({"data_resource_catalogue": None}, "data_resource_catalogue"),
        ({"opening_list": None}, "three_data_lists"),
        ({"opening_list": ("清单.xlsx", sheet([("序号", "名称")]))}, "three_data_lists"),
        ({"digital_asset_catalogue": ("目录.xlsx", sheet([("类型", "数量")]))}, None),
    ],
)
def test_a_submission_without_a_document_or_a_part_of_it_is_refused(
    review, submit, refusal, changes, rule
):
    assert refusal(submit(**changes)) == [rule or "digital_asset_catalogue"]
    assert review.page()["pre_review"] is None


@pytest.mark.parametrize(
    "picture", [("扫描件.png", SCAN), ("扫描件.pdf", NO_TEXT)], ids=["png", "pdf"]
)
def test_scans_are_left_to_people_and_the_bureau_sees_so(review, submit, picture):
    given = dict.fromkeys(pre_review_materials("new", Decimal(1200000)), picture)
    answer = submit(**given)
    assert set(warned(answer)) == {
        "cost_assessment_report",
        "crypto_application_plan",
        "data_resource_catalogue",
        "data_resource_chapter",
        "digital_asset_catalogue",
        "feasibility_report_guideline",
        "materials_are_files_of_their_own",
        "network_security_plan",
        "three_data_lists",
    }
    shown = review.get(f"/projects/{review.project}/pre-reviews").json()["items"][0]
    assert shown["findings"] == answer.json()["findings"]
    assert verdict(review, shown["id"], points=GOOD).is_success


def test_one_file_as_two_materials_is_pointed_out(review, submit):
    both = ("目录.xlsx", pre_review_materials("new", Decimal(1200000))["sharing_list"][1])
    answer = submit(opening_list=both)
    assert warned(answer) == ["materials_are_files_of_their_own"]
    [found] = answer.json()["findings"]
    assert (found["article"], "共享清单、开放清单" in found["message"]) == ("8", True)


def test_costs_that_do_not_add_up_are_refused_with_the_amounts(review, submit, refusal):
    rows = [
        ("费用名称", "金额（万元）"),
        ("直接建设费", "100"),
        ("网络安全费", "10"),
        ("工程建设其他费", "7"),
        ("预备费", "0"),
        ("合计", "120"),
    ]
    report = ("评估报告.docx", table(rows))
    assert refusal(submit(cost_assessment_report=report)) == ["cost_assessment_report"] * 2
    rows[1], rows[4] = ("直接建设费", "103"), ("预备费", "0")
    report = ("评估报告.docx", table(rows))
    assert refusal(submit(cost_assessment_report=report)) == ["cost_assessment_report"]
    zero = {"zero_costs": {"contingency": "总价合同，不列预备费"}}
    assert warned(submit(cost_assessment_report=report, statements=zero)) == []


def test_a_total_that_is_not_the_budget_is_a_warning(review, submit):
    other = pre_review_materials("new", Decimal(1300000))["cost_assessment_report"]
    assert warned(submit(cost_assessment_report=other)) == ["cost_assessment_report"]


def test_a_project_that_produces_no_data_says_why(review, submit, refusal):
    none = dict.fromkeys(
        ("data_resource_catalogue", "sharing_list", "opening_list", "authorized_operation_list")
    )
    assert len(refusal(submit(**none))) == 4
    said_nothing = submit(**none, statements={"no_data_reason": "无"})
    assert refusal(said_nothing) == ["data_resource_catalogue"]
    [found] = said_nothing.json()["findings"]
    assert found["article"] == "8"
    assert "请写明项目为何不产生数据" in found["remedy"]
    answer = submit(**none, statements={"no_data_reason": "仅采购安全设备"})
    assert warned(answer) == ["data_resource_catalogue"]


def test_an_adapted_chapter_is_one_of_the_guideline(review, submit, refusal, problem):
    report = {"feasibility_report": ("可研.docx", chapters(["项目概述", "数据资源篇"]))}
    assert refusal(submit(**report)) == ["feasibility_report_guideline"]
    unknown = {"adapted_chapters": {"preface": "不需要"}}
    body = problem(submit(**report, statements=unknown), 422, "chapter_unknown")
    assert "overview（项目概述）" in body["detail"]


def test_from_1000_wan_on_there_is_a_preliminary_design(review, events, submit, refusal):
    review.tell(events.change_filed("10000000.00"))
    assert refusal(submit(yuan="9999999.99")) == ["preliminary_design_ge_1000"]
    design = {"preliminary_design": ("初步设计.docx", chapters(["建设工期", "数据资源篇"]))}
    assert refusal(submit(yuan="10000000", **design)) == ["preliminary_design_content"]
    assert warned(submit(yuan="10000000")) == []


def test_an_amount_that_rises_before_the_verdict_asks_for_it(review, events, submit, refusal):
    pre_review_id = submit().json()["id"]
    review.tell(events.change_filed("10000000.00"))
    answer = verdict(review, pre_review_id, points=GOOD)
    assert refusal(answer) == ["preliminary_design_ge_1000"]
    assert verdict(review, pre_review_id, points=GOOD, reasons=["请编制初步设计"]).is_success
    assert verdict(review, submit(yuan="10000000").json()["id"], points=GOOD).is_success


def test_an_amount_that_rises_after_the_verdict_asks_for_a_further_round(
    review, events, submit, refusal, problem
):
    review.ready_for_approval()
    problem(submit(), 409, "pre_review_passed")
    review.tell(events.change_filed("10000000.00"))
    assert "preliminary_design_after_change" in refusal(review.approve())
    assert review.page()["stage"] == "pre_review"
    again = submit(yuan="10000000")
    assert verdict(review, again.json()["id"], points=GOOD).is_success
    assert "preliminary_design_after_change" not in refusal(review.approve("99999999.00"))


def test_operation_has_a_plan_and_may_do_without_cryptography(empty, events, submit, refusal):
    empty.tell(events.declared(kind=ProjectKind.OPS), events.registered())
    assert refusal(submit()) == ["ops_plan_content"]
    assert refusal(submit("ops", crypto_plan=None)) == ["crypto_application_plan"]
    reason = {"crypto_not_applicable": "仅续签运维服务"}
    assert warned(submit("ops", crypto_plan=None, statements=reason)) == ["crypto_application_plan"]


def test_who_builds_apart_proves_it_and_shares_all_the_same(empty, events, submit, refusal):
    claim = {
        "deployment_target": DeploymentTarget.NATIONAL_STANDALONE,
        "standalone_basis": "国办发〔2022〕14号",
    }
    empty.tell(events.declared(**claim), events.registered())
    assert refusal(submit()) == ["national_standalone_exemption"] * 2
    basis = {"standalone_basis": ("国办发〔2022〕14号.pdf", NO_TEXT)}
    assert refusal(submit(**basis)) == ["national_standalone_exemption"]
    plan = {"data_sharing_plan": ("方案.docx", chapters(["数据共享"]))}
    assert refusal(submit(**basis, **plan)) == ["national_standalone_exemption"]
    plan = {"data_sharing_plan": ("方案.docx", chapters(["数据共享", "业务协同"]))}
    assert warned(submit(**basis, **plan)) == []
    assert empty.page()["standalone_basis"] == "国办发〔2022〕14号"


def test_an_app_of_its_own_needs_an_exception_which_stays_visible(review, events, submit, refusal):
    own = {"mobile": "own_client"}
    assert refusal(submit(statements=own)) == ["no_separate_mobile_app"]
    review.tell(events.exception_granted("no_separate_mobile_app"))
    answer = submit(statements=own)
    (finding,) = answer.json()["findings"]
    assert finding["lifted_by"]["document"] == "亭政办纪要〔2026〕9号"
    assert review.page()["pre_review"]["findings"] == [finding]

    pre_review_id = answer.json()["id"]
    assert refusal(verdict(review, pre_review_id, points=GOOD)) == ["mobile_into_city_portal"]
    points = {**GOOD, "mobile_portal": True}
    passed = verdict(review, pre_review_id, points=points).json()
    (finding,) = passed["verdict_findings"]
    assert finding["message"].endswith("9号，bureau批准，有效期至2026-12-31）")
    assert review.page()["pre_review"]["verdict_findings"] == [finding]


def test_an_exception_that_ran_out_lifts_nothing_at_the_verdict(review, events, submit, refusal):
    review.tell(events.exception_granted("no_separate_mobile_app", expires_on=date(2026, 8, 3)))
    pre_review_id = submit(statements={"mobile": "own_client"}).json()["id"]
    review.clock.now = review.clock.now.replace(day=4)
    points = {**GOOD, "mobile_portal": True}
    assert refusal(verdict(review, pre_review_id, points=points)) == ["no_separate_mobile_app"]


def test_another_units_file_and_a_file_of_nobody_are_refused(review, submit, problem):
    path = f"/projects/{review.project}/pre-reviews"
    body = review.submission()
    foreign = review.handed_in("方案.docx", chapters(["项目背景"]), "亭湖区民政局")
    for file_id, status, code in (
        (foreign, 403, "not_your_unit"),
        (str(uuid4()), 422, "file_unknown"),
    ):
        files = [{"kind": "crypto_plan", "file_id": file_id}]
        problem(review.post(path, {**body, "files": files}), status, code)
    answer = review.post(path, body, unit="亭湖区民政局")
    problem(answer, 403, "not_your_unit")
    assert review.get(path).json()["items"] == []


class TestHostileFiles:
    """Each is refused with a sentence, at the upload or when it is read."""

    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("可研报告.docx", b"MZ\x90\0" + b"\0" * 400, "file_mismatch"),
            ("可研报告.exe", b"MZ\x90\0" + b"\0" * 400, "file_kind"),
            ("可研报告.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 400, "file_encrypted"),
            ("可研报告.docx", chapters(["项目背景"])[:-200], "file_truncated"),
            ("可研报告.pdf", chapters(["项目背景"]), "file_mismatch"),
            ("清单.xlsx", chapters(["项目背景"]), "file_mismatch"),
        ],
    )
    def test_what_is_not_what_it_says(self, review, problem, name, content, code):
        answer = review.call("POST", "/files", "unit", params={"name": name}, content=content)
        assert problem(answer, 422, code)["detail"].endswith("。")

    def test_an_archive_that_expands_without_end(self, review, problem):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("xl/workbook.xml", "<x/>")
            package.writestr("xl/sharedStrings.xml", b"\0" * (80 * 1024 * 1024))
        answer = review.call(
            "POST", "/files", "unit", params={"name": "清单.xlsx"}, content=content.getvalue()
        )
        problem(answer, 422, "file_expands")

    def test_a_formula_that_nobody_computed(self, review, submit, problem):
        rows = [("序号", "数据名称"), (1, '="人口"&"库"')]
        body = problem(
            submit(sharing_list=("清单.xlsx", sheet(rows))), 422, "formula_without_value"
        )
        assert "B2" in body["detail"]

    def test_a_million_rows(self, review, submit, problem):
        rows = sheet([("序号", "数据名称")])
        content = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(rows)) as source,
            zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as target,
        ):
            for name in source.namelist():
                body = source.read(name)
                if name == "xl/worksheets/sheet1.xml":
                    row = b"<row><c><v>1</v></c></row>"
                    body = body.replace(b"</sheetData>", row * 1_300_000 + b"</sheetData>")
                target.writestr(name, body)
        answer = submit(sharing_list=("清单.xlsx", content.getvalue()))
        problem(answer, 422, "workbook_too_large")

    def test_a_document_that_is_broken_inside(self, review, submit, problem):
        content = bytearray(chapters(["项目背景"]))
        content[400:1200] = b"\0" * 800
        answer = submit(crypto_plan=("方案.docx", bytes(content)))
        problem(answer, 422, "document_unreadable")

    def test_rare_characters_are_kept(self, review, submit):
        rows = [("序号", "数据名称", "更新日期")]
        rows += [(1, "𠮷䶮街道人口库", date(2026, 8, 3)), (2, "库", "2026年8月3日")]
        assert warned(submit(sharing_list=("𠮷䶮共享清单.xlsx", sheet(rows)))) == []
        names = [file["name"] for file in review.page()["pre_review"]["files"]]
        assert "𠮷䶮共享清单.xlsx" in names


class TestADepartmentsStore:
    """The hook `store_file`, deployed as a file."""

    @pytest.fixture
    def elsewhere(self, tmp_path):
        folder = tmp_path / "elsewhere"
        folder.mkdir()
        return folder

    @pytest.fixture
    def plugins_dir(self, plugins_dir, elsewhere):
        (plugins_dir / "store.py").write_text(
            dedent(f"""
                from pathlib import Path
                from shutil import copyfile
                from govproject import hookimpl

                class Elsewhere:
                    name = "elsewhere"

                    def keep(self, digest, content):
                        copyfile(content, Path({str(elsewhere)!r}, digest))

                    def open(self, digest):
                        return Path({str(elsewhere)!r}, digest).open("rb")

                @hookimpl
                def store_file():
                    return Elsewhere()
            """)
        )
        return plugins_dir

    def test_materials_are_read_from_there(self, review, elsewhere, tmp_path):
        answer = review.post(f"/projects/{review.project}/pre-reviews", review.submission())
        assert answer.is_success, answer.text
        files = review.page()["pre_review"]["files"]
        assert {file["sha256"] for file in files} == {each.name for each in elsewhere.iterdir()}
        assert list((tmp_path / "files").rglob("*")) == []
        plan = next(file for file in files if file["kind"] == "crypto_plan")
        assert {part["verdict"] for part in plan["seen"].values()} == {"pass"}

    def test_what_it_cannot_give_is_not_called_broken(self, review, elsewhere, problem):
        body = review.submission()
        shutil.rmtree(elsewhere)
        answer = review.post(f"/projects/{review.project}/pre-reviews", body)
        assert problem(answer, 503, "file_unavailable")["detail"] == "文件暂时无法读取。"
        assert review.page()["pre_review"] is None
