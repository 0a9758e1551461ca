import re

import pytest
from sqlmodel import select

from govproject.persistence.tables import Outbox
from govproject.web.requests import MAX_BODY_BYTES

JSON = {"Content-Type": "application/json"}
TRACE = "0af7651916cd43dd8448eb211c80319c"


def lines(log):
    return [line for line in log if line["event"] == "request"]


def test_a_request_id_is_echoed_and_logged(client, log):
    response = client.get("/version", headers={"X-Request-ID": "r-17"})
    assert response.headers["x-request-id"] == "r-17"
    assert lines(log)[-1]["request_id"] == "r-17"


@pytest.mark.parametrize("given", [None, "", "a b", "é", "x" * 129])
def test_without_a_usable_request_id_there_is_a_new_one(client, given):
    headers = {} if given is None else {"X-Request-ID": given.encode("latin-1")}
    ids = {client.get("/version", headers=headers).headers["x-request-id"] for _ in range(2)}
    assert len(ids) == 2
    assert given not in ids


def test_a_trace_is_continued_with_a_span_of_our_own(client, log):
    sent = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01", "X-Request-ID": "r-17"}
    client.post("/api/v1/notes", as_="unit", json={"title": "publish"}, headers=sent)
    assert lines(log)[-1]["trace_id"] == TRACE
    span = lines(log)[-1]["span_id"]
    assert span != "b7ad6b7169203331"
    with client.runtime.db.read() as session:
        (headers,) = session.exec(select(Outbox.headers)).all()
    assert headers["ce-requestid"] == "r-17"
    assert headers["traceparent"] == f"00-{TRACE}-{span}-01"


@pytest.mark.parametrize(
    "given",
    [
        "",
        "nonsense",
        f"ff-{TRACE}-b7ad6b7169203331-01",
        f"00-{'0' * 32}-b7ad6b7169203331-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-b7ad6b7169203331-01",
        f"00-{TRACE}-b7ad6b7169203331-01x",
    ],
)
def test_a_broken_trace_is_replaced(client, log, given):
    client.get("/version", headers={"traceparent": given})
    assert re.fullmatch(r"[0-9a-f]{32}", lines(log)[-1]["trace_id"])
    assert lines(log)[-1]["trace_id"] != TRACE


def test_each_request_is_one_line_without_its_query_or_token(client, log):
    client.get("/api/v1/notes?limit=3", as_="unit")
    (line,) = lines(log)
    assert line["log_level"] == "info"
    assert (line["method"], line["path"], line["status"]) == ("GET", "/api/v1/notes", 200)
    assert line["route"] == "/api/v1/notes"
    assert "limit" not in str(log)
    assert "Bearer" not in str(log)


def test_probes_are_not_logged(client, log):
    for path in ("/healthz", "/metrics"):
        assert client.get(path).status_code == 200
    assert lines(log) == []


def test_what_nobody_foresaw_is_logged_and_told_to_nobody(client, log, problem, stored_titles):
    response = client.post("/api/v1/notes", as_="unit", json={"title": "boom"})
    body = problem(response, 500, "internal_error")
    assert body["request_id"] in body["detail"]
    assert "secret" not in response.text
    (failed,) = [line for line in log if line["event"] == "request failed"]
    assert failed["exc_info"] is True
    assert failed["request_id"] == body["request_id"]
    assert stored_titles() == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "malformed_request"),
        (b"", "invalid_request"),
        (b"\xff\xfe", "malformed_request"),
        (b'{"title": "\\ud800"}', "malformed_text"),
        (b'{"\\udc00": 1}', "malformed_text"),
        (b'{"title": "\\ud800"', "malformed_request"),
        (b'{"copies": 1' + b"0" * 5000 + b"}", "malformed_request"),
        (b"[" * 100_000, "malformed_request"),
        (b"\\ud800" + b"[" * 100_000, "malformed_request"),
        (b"[]", "invalid_request"),
        (b"null", "invalid_request"),
        (b'{"title": "a\\u0000b"}', "invalid_request"),
        (b'{"title": "a", "copies": 9223372036854775808}', "invalid_request"),
        (b'{"title": "a", "copies": NaN}', "invalid_request"),
        (b'{"title": "a", "cost_yuan": 1e400}', "invalid_request"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_body_that_cannot_be_read(client, problem, content, code):
    status = 422 if code == "invalid_request" else 400
    problem(client.post("/api/v1/notes", as_="unit", content=content, headers=JSON), status, code)


def test_a_character_in_two_escapes_is_whole(client, stored_titles):
    body = b'{"title": "\\ud83d\\ude00"}'
    response = client.post("/api/v1/notes", as_="unit", content=body, headers=JSON)
    assert response.status_code == 201
    assert stored_titles() == ["\N{GRINNING FACE}"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_a_body_that_is_not_json(client, problem, kind):
    headers = {} if kind is None else {"Content-Type": kind}
    response = client.post("/api/v1/notes", as_="unit", content=b'{"title": "a"}', headers=headers)
    problem(response, 415, "unsupported_media_type")


def test_a_body_that_is_too_large(client, problem):
    at_most = b'{"title": "a"}'.ljust(MAX_BODY_BYTES)
    response = client.post("/api/v1/notes", as_="unit", content=at_most, headers=JSON)
    assert response.status_code == 201
    response = client.post("/api/v1/notes", as_="unit", content=at_most + b" ", headers=JSON)
    problem(response, 413, "body_too_large")


def test_a_body_that_is_too_large_and_does_not_say_so(client, problem):
    def chunks():
        for _ in range(17):
            yield b" " * (MAX_BODY_BYTES // 16)

    response = client.post("/api/v1/notes", as_="unit", content=chunks(), headers=JSON)
    problem(response, 413, "body_too_large")
