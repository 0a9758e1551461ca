import pytest


def test_an_unknown_address(client, problem):
    problem(client.get("/nowhere"), 404, "no_such_address")


@pytest.mark.parametrize(
    ("method", "path", "status", "said"),
    [
        ("GET", "/nowhere", 404, "没有这个地址"),
        ("GET", "/api/v1/projects/next-stp.html", 404, "没有这个地址"),
        ("DELETE", "/regulation", 405, "不支持该操作"),
    ],
)
def test_a_browser_is_told_on_a_page(client, problem, method, path, status, said):
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    answer = client.request(method, path, headers=browser)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert said in answer.text
    assert '<a href="/">项目列表</a>' in answer.text
    assert ("allow" in answer.headers) is (status == 405)
    code = "no_such_address" if status == 404 else "method_not_allowed"
    problem(client.request(method, path, headers={"Accept": "*/*"}), status, code)


def test_below_the_api_a_browser_gets_what_programs_get(client, problem):
    answer = client.get("/api/v1/nowhere", headers={"Accept": "text/html"})
    problem(answer, 404, "no_such_address")


def test_a_slash_too_many_is_no_redirect(client, problem):
    problem(client.get("/api/v1/notes/"), 404, "no_such_address")


def test_a_method_that_is_not_there(client, problem):
    response = client.request("DELETE", "/api/v1/notes", as_="unit")
    problem(response, 405, "method_not_allowed")
    assert response.headers["allow"] == "GET, POST"


def test_every_document_has_the_members_of_rfc_9457(client, problem):
    body = problem(client.get("/nowhere"), 404, "no_such_address")
    assert body["type"] == "urn:govproject:problem:no_such_address"
    assert body["title"] == "没有找到"
    assert body["instance"] == "/nowhere"
    assert body["detail"].endswith("。")


def test_bad_values_are_explained_in_chinese(client, problem):
    note = {"title": "", "cost_yuan": 0.1, "copies": -1, "on": "2026-02-30", "tilte": "x"}
    body = problem(client.post("/api/v1/notes", as_="unit", json=note), 422, "invalid_request")
    errors = {error["loc"][-1]: (error["loc"][0], error["type"]) for error in body["errors"]}
    assert errors == {
        "title": ("body", "string_too_short"),
        "cost_yuan": ("body", "money_float"),
        "copies": ("body", "greater_than_equal"),
        "on": ("body", "iso_date"),
        "tilte": ("body", "extra_forbidden"),
    }
    assert body["detail"].startswith(
        "填写不符合要求：title 至少 1 个字；cost_yuan 金额不得使用浮点数"
    )
    assert body["detail"].endswith("等共 5 处。")


def test_nothing_of_what_was_sent_is_repeated(client):
    response = client.post("/api/v1/notes", as_="unit", json={"title": 17, "copies": "hush"})
    assert response.status_code == 422
    assert "hush" not in response.text


def test_a_bad_path_parameter(client, problem):
    body = problem(client.get("/api/v1/notes/17", as_="unit"), 422, "invalid_request")
    assert body["errors"] == [
        {"loc": ["path", "note_id"], "msg": "须为编号（UUID）", "type": "uuid_parsing"}
    ]


@pytest.mark.parametrize("path", ["/%00", "/api/v1/notes/%00", "/%ff", "/api/v1/notes/%ED%A0%80"])
def test_a_strange_path(client, path):
    assert client.get(path, as_="unit").status_code in {404, 422}
