"""What is seen in each kind of material."""

import io
from decimal import Decimal

import pytest

from govproject.documents import reading
from govproject.documents.lines import Text
from govproject.files.kinds import FileKind
from govproject.regulation.pack import pack
from govproject.terms import PreReviewMaterial
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
