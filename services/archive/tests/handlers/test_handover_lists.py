"""The handover list on paper (Art 41)."""

import io
from urllib.parse import unquote

import openpyxl
import pytest
from sqlmodel import select

from govproject_archive.tables import Volume


@pytest.fixture
def told(archive, events):
    archive.tell(events.declared(project_name="<script>alert(1)</script>䶮湖"), events.approved())
    return archive


def test_a_list_is_a_workbook_with_catalogue_and_formalities(told):
    volume = told.handed_over(items=3)
    answer = told.get(f"/volumes/{volume}/handover-list.xlsx", "archivist")
    number = told.get(f"/volumes/{volume}/handover-list").json()["handover_number"]
    name = answer.headers["content-disposition"].removeprefix("attachment; filename*=UTF-8''")
    assert unquote(name) == f"交接清册 {number}.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = list(book["目录"].iter_rows(values_only=True))
    assert (f"清册编号：{number}",) == rows[1][:1]
    assert "数量：3件，6页" in [row[0] for row in rows]
    at = next(index for index, row in enumerate(rows) if row[0] == "件号")
    assert [(row[0], row[1], *row[3:6]) for row in rows[at + 1 :]] == [
        (1, "文件1", 1, "1", "批复文件"),
        (2, "文件2", 2, "2-3", "可行性研究报告"),
        (3, "文件3", 3, "4-6", "专家评审意见"),
        ("合计", None, 6, None, None),
    ]
    heads = [row[0] for row in rows[:at]]
    assert {"案卷号：1", "保管期限：30年", "开放审核：开放"} <= set(heads)
    acts = list(book["交接手续"].iter_rows(min_row=3, values_only=True))
    assert [(act[1], act[3]) for act in acts[-2:]] == [("张三", 3), ("王五", 3)]


def test_a_list_is_a_page_that_does_nothing_but_show(told):
    item = {"title": '<img src=x onerror="alert(1)">', "pages": 1, "dated_on": "2026-02-03"}
    body = {
        "file_class": "approval",
        "title": "卷",
        "composed_by": "张三",
        "retention": "years_30",
        "access": "open",
        "items": [item],
    }
    volume = told.post(f"/projects/{told.project}/volumes", body).json()["id"]
    told.step(volume, "review", reviewed_by="李四")
    told.step(volume, "handover-list", prepared_by="张三")
    answer = told.get(f"/volumes/{volume}/handover-list.html")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    page = answer.text
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;䶮湖" in page
    assert "@page" in page
    for shown in ("&lt;img src=x", "2026-02-03", "尚未完成交接"):
        assert shown in page
    assert '<a href="/">项目列表</a>' in page
    assert "@media print { nav { display: none; } }" in page


def test_each_of_the_four_has_a_line_to_sign_on_and_a_date(told):
    page = told.get(f"/volumes/{told.listed()}/handover-list.html").text
    _, _, signatures = page.partition('<section class="signatures">')
    places = signatures.split("<div>")[1:]
    assert [place.partition("：")[0].removeprefix("<p>") for place in places] == [
        "移交单位（盖章）",
        "接收单位（盖章）",
        "移交人（签字）",
        "接收人（签字）",
    ]
    for place in places:
        assert '<p class="line"></p>' in place
        assert [word for word in "年月日" if word in place] == ["年", "月", "日"]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_list_fits_the_window(told, browser, tmp_path, width):
    place = tmp_path / "list.html"
    page = told.get(f"/volumes/{told.handed_over(items=3)}/handover-list.html")
    place.write_bytes(page.content)
    browser.open(place.as_uri(), width)
    assert browser.overflow == 0
    assert browser.paper().startswith(b"%PDF")


def test_on_a_narrow_screen_each_value_says_what_it_is(told):
    page = told.get(f"/volumes/{told.listed()}/handover-list.html").text
    assert '<meta name="viewport" content="width=device-width' in page
    assert page.count('<td data-heading="') == page.count("<td") > 0
    assert "content: attr(data-heading)" in page


def test_volumes_are_numbered_within_their_class(told):
    wanted = ("approval", "contract", "approval", "approval")
    numbers = [told.get(f"/volumes/{told.composed(each)}").json()["number"] for each in wanted]
    assert numbers == [1, 1, 2, 3]


@pytest.mark.parametrize(
    ("retention", "access", "shown"),
    [("permanent", "controlled", ("永久", "控制")), ("years_10", "open", ("10年", "开放"))],
)
def test_a_list_says_how_long_a_volume_is_kept_and_who_may_see_it(told, retention, access, shown):
    volume = told.composed(retention=retention, access=access)
    told.step(volume, "review", reviewed_by="李四")
    listed = told.step(volume, "handover-list", prepared_by="张三")
    assert (listed["retention"], listed["access"]) == (retention, access)
    page = told.get(f"/volumes/{volume}/handover-list.html").text
    terms = ("保管期限", "开放审核")
    for term, word in zip(terms, shown, strict=True):
        assert f"<dt>{term}</dt><dd>{word}</dd>" in page


def test_a_volume_of_an_older_build_says_that_neither_is_on_record(told):
    volume = told.listed()
    with told.runtime.db.write() as session:
        row = session.exec(select(Volume)).one()
        row.number = row.retention = row.access = None
    page = told.get(f"/volumes/{volume}/handover-list.html").text
    assert page.count("<dd>未登记</dd>") == 3


@pytest.mark.parametrize("kind", ["xlsx", "html"])
def test_a_volume_without_a_list_has_none_on_paper(told, kind):
    answer = told.get(f"/volumes/{told.composed()}/handover-list.{kind}")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_handover_list")
    answer = told.get(f"/volumes/{told.listed()}/handover-list.{kind}", "unit", unit="别的单位")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_unit")
