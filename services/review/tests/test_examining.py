"""What is seen in each kind of material."""

import io
from decimal import Decimal

import pytest

from govproject.documents import reading
from govproject.documents.lines import Text
from govproject.files.kinds import FileKind
from govproject.regulation.pack import pack
from govproject.terms import PreReviewMaterial
from govproject_local.pdf_documents import pdf
from govproject_local.review_documents import chapters, pre_review_materials, sheet, table
from govproject_review.examining import examine, is_read

TINGHU = pack("tinghu-2025")
HEADING = ("序号", "数据名称", "共享方式")
ASSETS = ("名称", "资产类型", "资产属性", "数量", "接口协议", "是否具备共享条件")


def _seen(kind, content, file_kind=FileKind.XLSX):
    text = reading.read(io.BytesIO(content), file_kind, "文件")
    return examine(PreReviewMaterial(kind), text, TINGHU).seen


@pytest.mark.parametrize(("kind", "yuan"), [("new", "10567800.00"), ("ops", "1000000.00")])
def test_the_samples_are_whole(kind, yuan):
    for material, (name, content) in pre_review_materials(kind, Decimal(yuan)).items():
        seen = _seen(material, content, FileKind(name.rpartition(".")[2]))
        assert {part: each.verdict for part, each in seen.items()} == dict.fromkeys(seen, "pass")


@pytest.mark.parametrize("material", [m for m in PreReviewMaterial if is_read(m)])
def test_what_cannot_be_read_is_in_doubt(material):
    seen = examine(material, Text((), cut="可能是扫描件"), TINGHU).seen
    assert seen
    assert {(each.verdict, each.why) for each in seen.values()} == {("doubt", "可能是扫描件")}


@pytest.mark.parametrize("material", [m for m in PreReviewMaterial if is_read(m)])
def test_an_empty_document_has_nothing(material):
    seen = examine(material, Text(()), TINGHU).seen
    assert {each.verdict for each in seen.values()} == {"missing"}


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ([HEADING, (1, "䶮𠮷库", "有条件共享")], "pass"),
        ([("共享清单",), HEADING, (1, "人口库", "无条件共享")], "pass"),
        ([HEADING], "missing"),
        ([HEADING, (1, None, None), (2, None, None)], "missing"),
        ([HEADING, (1, "/", "-")], "missing"),
        ([HEADING, (1, "无", "无")], "not_applicable"),
        ([HEADING, ("本项目无可开放数据",)], "not_applicable"),
        ([("不涉及授权运营数据",)], "not_applicable"),
        ([("无条件共享数据由大数据平台提供",)], "doubt"),
        ([("人口数据、法人数据",)], "doubt"),
        ([], "missing"),
    ],
)
def test_a_list_has_entries_or_says_that_there_are_none(rows, verdict):
    assert _seen("sharing_list", sheet(rows))["content"].verdict == verdict


def test_a_list_in_a_word_table_is_read_too():
    content = table([HEADING, ("1", "人口库", "有条件共享")], "共享清单")
    seen = _seen("sharing_list", content, FileKind.DOCX)["content"]
    assert (seen.verdict, seen.place) == ("pass", "第2段的表格第2行")


@pytest.mark.parametrize(
    ("rows", "verdicts"),
    [
        ([ASSETS, ("库", "数据", "自建", 1, "SQL", "是")], {}),
        (
            [("数字资产明细表",), ASSETS, ("库", "数据", "自建", 1, "SQL", None)],
            {"shareable": "doubt"},
        ),
        ([ASSETS[:5], ("库", "数据", "自建", 1, "SQL")], {"shareable": "missing"}),
        (
            [("名称", "资产类型", "数量"), ("库", "数据", 1)],
            {"attribute": "missing", "protocol": "missing", "shareable": "missing"},
        ),
        ([ASSETS], {"content": "missing"}),
        (
            [("名称", "说明"), ("库", "自建")],
            dict.fromkeys(
                ("asset_type", "attribute", "quantity", "protocol", "shareable"), "missing"
            ),
        ),
    ],
)
def test_the_columns_of_the_assets_are_all_there(rows, verdicts):
    seen = _seen("digital_asset_catalogue", sheet(rows))
    assert {part: each.verdict for part, each in seen.items() if each.verdict != "pass"} == verdicts


def test_a_chapter_of_the_pack_is_looked_for_by_its_headings():
    seen = _seen("feasibility_report", chapters(["总论", "需求与分析", "数据资源"]), FileKind.DOCX)
    assert [part for part, each in seen.items() if each.verdict == "pass"] == [
        "overview",
        "needs",
        "data_resources",
    ]
    assert seen["risk"].verdict == "missing"


@pytest.mark.parametrize("kind", [PreReviewMaterial.STANDALONE_BASIS, PreReviewMaterial.OTHER])
def test_of_some_documents_only_the_file_is_asked_for(kind):
    assert not is_read(kind)


def _chapter(number, title):
    text = f"本章说明本项目的{title}，内容与有关规定和"
    return [f"{number}、{title}", text, "本单位的实际情况相符。"]


def test_chapters_of_a_pdf_are_found_on_their_pages():
    titles = [chapter.title for chapter in TINGHU.feasibility_chapters]
    numbered = list(zip("一二三四五六七八九十", titles, strict=False))
    contents = [
        "目录",
        *(f"{number}、{title}………………{at}" for at, (number, title) in enumerate(numbered, start=2)),
    ]
    pages = [_chapter(number, title) for number, title in numbered if title != "需求分析"]
    content = pdf(["可行性研究报告"], contents, *pages)
    seen = _seen("feasibility_report", content, FileKind.PDF)
    assert {part: (each.verdict, each.place) for part, each in seen.items()} == {
        "overview": ("pass", "第3页"),
        "necessity": ("pass", "第4页"),
        "needs": ("missing", None),
        "design": ("pass", "第5页"),
        "construction": ("pass", "第6页"),
        "organization": ("pass", "第7页"),
        "schedule": ("pass", "第8页"),
        "investment": ("pass", "第9页"),
        "benefit": ("pass", "第10页"),
        "risk": ("pass", "第11页"),
        "data_resources": ("missing", None),
    }


COSTS = (
    ("1", "直接建设费", "100.00"),
    ("2", "网络安全费", "10.00"),
    ("3", "工程建设其他费", "7.00"),
    ("4", "预备费", "3.00"),
)
ADD_UP = {
    "direct_cost": "1000000.00",
    "network_security_cost": "100000.00",
    "other_costs": "70000.00",
    "contingency": "30000.00",
    "total": "1200000.00",
}


def _costs(*pages: object):
    text = reading.read(io.BytesIO(pdf(*pages)), FileKind.PDF, "文件")
    return examine(PreReviewMaterial.COST_ASSESSMENT_REPORT, text, TINGHU)


@pytest.mark.parametrize(
    ("pages", "place"),
    [
        ([[("序号", "费用名称", "金额（万元）"), *COSTS[:2]], [*COSTS[2:], ("合计", "120.00")]], 2),
        ([["单位：万元", ("序号", "费用名称", "金额"), *COSTS, ("项目总投资", "120.00")]], 1),
        (
            [
                ["直接建设费100万元，按功能点测算。", "网络安全费10万元。"],
                ["工程建设其他费7万元。", "预备费为3万元。", "总投资1,200,000.00元。"],
            ],
            2,
        ),
    ],
    ids=["table", "remark", "words"],
)
def test_the_costs_of_a_pdf_add_up(pages, place):
    found = _costs(["项目造价咨询评估报告"], *pages)
    assert {part: each.verdict for part, each in found.seen.items()} == dict.fromkeys(
        ADD_UP, "pass"
    )
    assert {part: str(yuan) for part, yuan in found.yuan.items()} == ADD_UP
    assert (found.seen["direct_cost"].place, found.seen["total"].place) == (
        "第2页",
        f"第{place + 1}页",
    )


def test_a_pdf_that_states_two_amounts_side_by_side_is_in_doubt():
    """Which column is which, its lines do not tell."""
    heading = ("序号", "费用名称", "送审金额（万元）", "审定金额（万元）")
    found = _costs([heading, *((*row, "1.00") for row in COSTS)])
    assert found.yuan == {}
    assert found.seen["direct_cost"].verdict == "doubt"


@pytest.mark.parametrize("kind", ["sharing_list", "digital_asset_catalogue"])
def test_a_table_of_a_pdf_is_in_doubt(kind):
    seen = _seen(kind, pdf([ASSETS, ("库", "数据", "自建", "1", "SQL", "是")]), FileKind.PDF)
    assert {(each.verdict, each.why) for each in seen.values()} == {
        ("doubt", "不是表格，不能自动核对")
    }


def test_a_pdf_may_say_that_there_are_no_data():
    content = pdf(["授权运营清单", "本项目无授权运营数据。"])
    seen = _seen("authorized_operation_list", content, FileKind.PDF)["content"]
    assert (seen.verdict, seen.place) == ("not_applicable", "第1页")
