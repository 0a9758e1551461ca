"""Who finds what by which words."""

import pytest

both = pytest.mark.parametrize(
    "database_url",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.peer("postgresql"))],
    indirect=True,
)
OTHER = "亭湖区卫健委"
TITLES = (
    "关于智慧校园（二期）的批复",
    "ＡＩ 算力 AND 存储 合同",
    '"百分之100%*_"说明',
    "承建单位𠮷林䶮信息公司资质",
)


@pytest.fixture
def told(archive, events):
    archive.tell(events.declared(), events.approved())
    items = [{"title": title, "pages": 1, "dated_on": "2026-02-03"} for title in TITLES]
    archive.composed(items=items)
    return archive


def titles(archive, text, as_="archivist", of=None, **query: object):
    params = {"text": text, **query}
    answer = archive.call("GET", "/search", as_, of, params=params)
    assert answer.status_code == 200, answer.text
    return [hit["title"] for hit in answer.json()["items"]]


@both
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("校园", [0]),
        ("智慧校园(二期)", [0]),
        ("ai算力", [1]),
        ("存储 AI", [1]),
        ("AND", [1]),
        ("算力 AND 批复", []),
        ("NOT 合同", []),
        ("*", [2]),
        ("100%*_", [2]),
        ("1__", []),
        ("%", [2]),
        ('"百分之', [2]),
        ('"', [2]),
        ("𠮷", [3]),
        ("䶮", [3]),
        ("𠮷林䶮", [3]),
        ("林𠮷", []),
        ("园智", []),
        ("' OR 1=1 --", []),
        ("tokens:批复", []),
        ("的批复", [0]),
    ],
)
def test_any_part_of_a_title_is_found_and_all_else_is_text(told, text, found):
    assert titles(told, text) == [TITLES[n] for n in found]


@both
def test_each_kind_of_entry_says_what_it_is(told):
    told.uploaded("tender")
    volume = told.listed("approval", 1)
    number = told.get(f"/volumes/{volume}").json()["handover_number"]
    hits = told.get("/search", params={"text": "approval卷"}).json()["items"]
    assert [hit["kind"] for hit in hits] == ["volume", "volume"]
    assert [hit["handover_number"] for hit in hits] == [number, None]
    (hit,) = told.get("/search", params={"text": number.lower()}).json()["items"]
    assert (hit["kind"], hit["volume_id"], hit["dated_on"]) == ("volume", volume, "2026-02-03")
    (hit,) = told.get("/search", params={"text": "文件1"}).json()["items"]
    assert (hit["kind"], hit["volume_id"], hit["position"]) == ("volume_item", volume, 1)
    assert hit["handover_number"] == number
    (hit,) = told.get("/search", params={"text": "教育平台"}).json()["items"]
    assert (hit["kind"], hit["project_id"], hit["volume_id"]) == (
        "project",
        str(told.project),
        None,
    )
    (hit,) = told.get("/search", params={"text": ".docx"}).json()["items"]
    assert (hit["kind"], hit["dated_on"]) == ("process_file", "2026-08-03")
    assert hit["process_file_id"] is not None


@both
def test_a_unit_finds_its_own_whatever_it_asks_for(told):
    assert titles(told, "批复", "unit") == [TITLES[0]]
    assert titles(told, "批复", "unit", OTHER) == []
    assert titles(told, "批复", "unit", OTHER, unit="亭湖区教育局") == []
    assert titles(told, "批复", unit=OTHER) == []
    assert titles(told, "批复", unit="亭湖区教育局") == [TITLES[0]]
    assert titles(told, "教育", "unit", OTHER) == []


def test_what_is_withdrawn_is_no_longer_found(told):
    volume = told.composed(items=[{"title": "误组文件", "pages": 1, "dated_on": "2026-02-03"}])
    assert titles(told, "误组") == ["误组文件"]
    told.step(volume, "withdrawal", withdrawn_by="张三", reason="误组")
    assert titles(told, "误组") == []


@both
def test_it_comes_in_pages_newest_first(told):
    items = [{"title": f"报告{n}", "pages": 1, "dated_on": "2026-02-03"} for n in range(7)]
    told.composed(items=items)
    seen, cursor = [], None
    while True:
        params = {"text": "报告", "limit": 3} | ({"cursor": cursor} if cursor else {})
        page = told.get("/search", params=params).json()
        seen.append([hit["title"] for hit in page["items"]])
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [["报告6", "报告5", "报告4"], ["报告3", "报告2", "报告1"], ["报告0"]]


def test_filters_narrow_down(told):
    assert titles(told, "批复", file_class="approval") == [TITLES[0]]
    assert titles(told, "批复", file_class="test") == []
    assert titles(told, "批复", **{"from": "2026-02-03"}) == [TITLES[0]]
    assert titles(told, "批复", **{"from": "2026-02-04"}) == []
    assert titles(told, "批复", to="2026-02-02") == []
    assert titles(told, "智慧教育", to="2026-08-03") == []  # a project has no day


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({}, 422, "invalid_request"),
        ({"text": " "}, 422, "invalid_request"),
        ({"text": "批\u0000复"}, 422, "invalid_request"),
        ({"text": "批" * 201}, 422, "invalid_request"),
        ({"text": "批复", "from": "2026-02-30"}, 422, "invalid_request"),
        ({"text": "批复", "from_": "2026-02-03"}, 422, "invalid_request"),
        ({"text": "批复", "from": "2026-02-04", "to": "2026-02-03"}, 422, "days_reversed"),
        ({"text": "批复", "cursor": "xyz"}, 404, "no_such_page"),
    ],
)
def test_what_cannot_be_asked(told, query, status, code):
    answer = told.get("/search", params=query)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
