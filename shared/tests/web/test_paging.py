import base64

import pytest


@pytest.fixture
def stored(client):
    titles = [f"note {number}" for number in range(5)]
    for title in titles:
        client.post("/api/v1/notes", as_="unit", json={"title": title})
    return titles


def test_all_pages_together_are_the_list_in_order(client, stored):
    seen, cursor = [], None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = client.get("/api/v1/notes", as_="unit", params=params).json()
        seen += [item["title"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
        assert len(page["items"]) == 2
    assert seen == stored


def test_a_page_that_ends_exactly_at_the_end_is_the_last(client, stored):
    page = client.get("/api/v1/notes", as_="unit", params={"limit": 5}).json()
    assert len(page["items"]) == 5
    assert page["next_cursor"] is None


def test_what_is_added_later_does_not_shift_a_page(client, stored):
    first = client.get("/api/v1/notes", as_="unit", params={"limit": 4}).json()
    client.post("/api/v1/notes", as_="unit", json={"title": "later"})
    params = {"cursor": first["next_cursor"]}
    rest = client.get("/api/v1/notes", as_="unit", params=params).json()
    assert [item["title"] for item in rest["items"]] == ["note 4", "later"]


def test_an_empty_list_is_one_empty_page(client):
    assert client.get("/api/v1/notes", as_="unit").json() == {"items": [], "next_cursor": None}


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "é", "=", "AAAA", base64.urlsafe_b64encode(b"\xff\0").decode(), "%00"],
)
def test_a_cursor_that_no_list_gave_out(client, problem, cursor):
    response = client.get("/api/v1/notes", as_="unit", params={"cursor": cursor})
    problem(response, 404, "no_such_page")


@pytest.mark.parametrize("params", [{"limit": 0}, {"limit": 201}, {"limit": "x"}, {"page": 2}])
def test_a_page_that_cannot_be(client, problem, params):
    problem(client.get("/api/v1/notes", as_="unit", params=params), 422, "invalid_request")
