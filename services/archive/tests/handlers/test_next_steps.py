"""What is missing for the next archive check is what the check is then refused for (Art 19)."""

import pytest

EVIL = "<script>alert(1)</script>"


def page(archive, as_="archivist", **kwargs: str):
    return archive.get(f"/projects/{archive.project}/next-step", as_, **kwargs)


def missing(archive):
    """The only step, and the rules that found something."""
    [step] = page(archive).json()["steps"]
    assert step["brought"] == []
    return step["step"], [finding["rule"] for finding in step["decision"]["findings"]]


def refused(archive):
    body = {"inspector": "王五"}
    answer = archive.post(f"/projects/{archive.project}/archive-checks", body, "archivist")
    assert (answer.status_code, answer.json()["code"]) == (409, "refused")
    return [finding["rule"] for finding in answer.json()["findings"]]


@pytest.fixture
def told(archive, events):
    archive.tell(events.declared(project_name=f"智慧教育平台{EVIL}"), events.approved())
    return archive


def test_before_the_final(told):
    told.composed("approval")
    step, rules = missing(told)
    assert (step, "volume_review" in rules) == ("档案验收", True)
    assert rules == refused(told)


def test_after_the_final(told, events):
    told.handed_over("approval")
    body = {"inspector": "王五"}
    path = f"/projects/{told.project}/archive-checks"
    assert told.post(path, body, "archivist").is_success
    assert page(told).json()["steps"] == []
    told.tell(events.contract(), events.tested(), events.final())
    step, rules = missing(told)
    assert (step, "archive_final_files" in rules) == ("补充档案验收", True)
    assert rules == refused(told)


def test_an_event_that_has_not_taken_effect_is_told(told, events):
    told.handed_over("approval")
    told.sent["acceptance", str(told.project)] += 1  # the first one is still on its way
    told.tell(events.tested())
    assert page(told).json()["backlog"] == 1
    assert missing(told)[1] == refused(told)


def test_the_page_says_it_in_words_and_escapes_all(told):
    answer = told.get(f"/projects/{told.project}/next-step.html")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    for shown in (
        "立项文件已到归档时点，尚未交接归档。",
        "&lt;script&gt;",
        "档案管理人员、区数据局",
    ):
        assert shown in answer.text
    assert "<script" not in answer.text


def test_a_unit_sees_its_own(told):
    assert page(told, "unit").is_success
    answer = page(told, "unit", unit="别的单位")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_unit")
