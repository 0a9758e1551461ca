"""Who answers for a unit's archives, and where a project's archive work is written down."""

import pytest

UNIT_ARCHIVE = {
    "head": "赵六",
    "managed_by": "办公室",
    "rules": "教育局项目档案管理办法（亭教〔2026〕3号）",
    "standards": "DA/T 28-2018",
    "provided": {
        "staff": "专职档案员赵六",
        "funds": "年度预算档案工作经费2万元",
        "facilities": "扫描仪、档案管理系统",
        "safekeeping": "三楼档案室，密集架、防火防潮设施",
    },
}
PLACES = {
    "construction_plan": "实施方案第八章",
    "quality_system": "质量计划第3节",
    "procedures": "项目管理制度第12条",
    "contract": "合同第9条",
    "post_duty": "岗位职责表第4项",
}


@pytest.fixture
def ready(archive, events):
    """All that is due is archived; nothing is organised."""
    archive.tell(events.declared(), events.approved())
    archive.handed_over("approval")
    return archive


def warned(archive):
    path = f"/projects/{archive.project}/archive-checks"
    answer = archive.post(path, {"inspector": "王五"}, "archivist")
    assert answer.status_code == 201, answer.text
    return [(f["rule"], f["article"]) for f in answer.json()["warnings"]]


def test_what_is_not_organised_shows_at_the_check_and_refuses_nothing(ready):
    assert warned(ready) == [
        ("archive_responsibility", "35"),
        ("archive_resources", "36"),
        ("archive_in_step", "37"),
        ("archive_safekeeping", "42"),
    ]


def test_what_is_organised_does_not(ready):
    assert ready.post("/unit-archives", UNIT_ARCHIVE).status_code == 201
    path = f"/projects/{ready.project}/in-step"
    some = {place: PLACES[place] for place in ("contract", "procedures")}
    view = ready.post(path, {"places": some}).json()
    assert (view["places"]["contract"], view["places"]["post_duty"]) == ("合同第9条", None)
    rest = {place: text for place, text in PLACES.items() if place not in some}
    ready.post(path, {"places": rest})
    assert ready.get(path).json()["places"] == PLACES
    assert warned(ready) == []


def test_what_is_provided_is_recorded_item_by_item(ready):
    ready.post(f"/projects/{ready.project}/in-step", {"places": PLACES})
    some = {"staff": "专职档案员赵六", "safekeeping": "三楼档案室"}
    view = ready.post("/unit-archives", UNIT_ARCHIVE | {"provided": some}).json()
    assert view["provided"] == some
    assert warned(ready) == [("archive_resources", "36")]


def test_the_latest_record_counts_and_earlier_ones_are_kept(ready):
    ready.post("/unit-archives", UNIT_ARCHIVE)
    ready.post("/unit-archives", UNIT_ARCHIVE | {"head": "钱七"})
    heads = [item["head"] for item in ready.get("/unit-archives").json()["items"]]
    assert heads == ["赵六", "钱七"]
    path = f"/projects/{ready.project}/in-step"
    ready.post(path, {"places": PLACES})
    ready.post(path, {"places": {"contract": "补充协议第2条"}})
    assert ready.get(path).json()["places"]["contract"] == "补充协议第2条"


def test_another_unit(ready):
    ready.post("/unit-archives", UNIT_ARCHIVE)
    other = "亭湖区卫健委"
    assert ready.call("GET", "/unit-archives", "unit", other).json()["items"] == []
    path = f"/projects/{ready.project}/in-step"
    answer = ready.call("POST", path, "unit", other, json={"places": PLACES})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_unit")


@pytest.mark.parametrize("places", [{}, {"cellar": "第1条"}, {"contract": " "}])
def test_a_record_that_says_nothing(ready, places):
    answer = ready.post(f"/projects/{ready.project}/in-step", {"places": places})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


@pytest.mark.parametrize("as_", ["bureau", "archivist", "archive-authority"])
def test_only_a_unit_organises_its_archives(ready, as_):
    answer = ready.post("/unit-archives", UNIT_ARCHIVE, as_)
    assert (answer.status_code, answer.json()["code"]) == (403, "role_not_allowed")
