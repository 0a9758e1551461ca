from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from govproject.identity import mint
from govproject.web import access

NOTE = {"title": "雪亮工程"}


both = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


@both
def test_a_write_answers_with_what_is_stored(client, stored_titles):
    response = client.post("/api/v1/notes", as_="unit", json=NOTE)
    assert response.status_code == 201
    assert response.headers["content-type"] == "application/json"
    assert response.json()["title"] == "雪亮工程"
    assert stored_titles() == ["雪亮工程"]


def test_without_a_token(client, problem):
    response = client.post("/api/v1/notes", json=NOTE)
    problem(response, 401, "token_missing")
    assert response.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("header", ["Bearer x", "Bearer é", "Basic eDp5", "Bearer"])
def test_with_what_is_no_token(client, header):
    response = client.get("/api/v1/notes", headers={"Authorization": header.encode("latin-1")})
    assert response.status_code == 401
    assert response.json()["code"] in {"token_invalid", "token_missing"}


def test_with_the_wrong_role(client, problem):
    body = problem(client.post("/api/v1/notes", as_="audit", json=NOTE), 403, "role_not_allowed")
    assert "项目单位、区数据局" in body["detail"]
    assert "区审计局" in body["detail"]
    assert body["roles"] == ["unit", "bureau"]


def test_who_may_call_is_settled_before_what_was_sent(client, problem):
    problem(client.post("/api/v1/notes", as_="audit", json={}), 403, "role_not_allowed")


@pytest.mark.parametrize(
    "content", ['{"title": "一", "title": "二"}', '{"title": "一", "more": [{"a": 1, "a": 1}]}']
)
def test_a_field_that_is_given_twice(client, problem, stored_titles, content):
    headers = {"Content-Type": "application/json"}
    answer = client.post("/api/v1/notes", as_="unit", content=content, headers=headers)
    assert "出现了2次" in problem(answer, 422, "key_repeated")["detail"]
    assert stored_titles() == []


def test_another_units_note(client, problem):
    note = client.post("/api/v1/notes", as_="unit", unit="区教育局", json=NOTE).json()
    path = f"/api/v1/notes/{note['id']}"
    assert client.get(path, as_="unit", unit="区教育局").json() == note
    problem(client.get(path, as_="unit", unit="区卫健委"), 403, "not_your_unit")


@both
def test_a_handler_that_raises_leaves_nothing(client, problem, stored_titles):
    problem(client.post("/api/v1/notes", as_="unit", json={"title": "conflict"}), 409, "not_now")
    assert stored_titles() == []


def test_a_refusal_shows_every_finding(client, problem):
    response = client.post("/api/v1/notes", as_="unit", json={"title": "refused"})
    body = problem(response, 409, "refused")
    assert body["detail"] == "计划年度已过。"
    (finding,) = body["findings"]
    assert finding["rule"] == "no_plan_without_a_year"
    assert finding["article"] == "5"
    assert body["decision"]["rule_pack"] == "tinghu-2025"


@both
def test_the_same_key_and_request_has_one_effect_and_one_answer(client, stored_titles):
    key = {"Idempotency-Key": "k-1"}
    first = client.post("/api/v1/notes", as_="unit", json=NOTE, headers=key)
    again = client.post("/api/v1/notes", as_="unit", json=NOTE, headers=key)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert stored_titles() == ["雪亮工程"]


@both
def test_the_same_key_for_another_request_is_refused(client, problem, stored_titles):
    key = {"Idempotency-Key": "k-1"}
    client.post("/api/v1/notes", as_="unit", json=NOTE, headers=key)
    other = client.post("/api/v1/notes", as_="unit", json={"title": "x"}, headers=key)
    problem(other, 422, "idempotency_key_reused")
    assert stored_titles() == ["雪亮工程"]


def test_keys_belong_to_their_caller(client, stored_titles):
    key = {"Idempotency-Key": "k-1"}
    client.post("/api/v1/notes", as_="unit", unit="区教育局", json={"title": "a"}, headers=key)
    client.post("/api/v1/notes", as_="unit", unit="区卫健委", json={"title": "b"}, headers=key)
    client.post("/api/v1/notes", as_="bureau", json={"title": "c"}, headers=key)
    assert sorted(stored_titles()) == ["a", "b", "c"]


@both
def test_a_failed_request_may_be_repeated_with_its_key(client):
    key = {"Idempotency-Key": "k-1"}
    first = client.post("/api/v1/notes", as_="unit", json={"title": "conflict"}, headers=key)
    again = client.post("/api/v1/notes", as_="unit", json={"title": "conflict"}, headers=key)
    assert first.status_code == again.status_code == 409
    assert "idempotency-replayed" not in again.headers


@pytest.mark.parametrize("key", ["", "a b", "k" * 201, "é"])
def test_a_key_that_is_none(client, problem, key):
    headers = {"Idempotency-Key": key.encode("latin-1")}
    response = client.post("/api/v1/notes", as_="unit", json=NOTE, headers=headers)
    body = problem(response, 422, "invalid_request")
    assert body["errors"][0]["loc"] == ["header", "idempotency-key"]


@both
def test_two_requests_with_one_key_at_the_same_time_have_one_effect(client, stored_titles):
    headers = {
        "Idempotency-Key": "k-1",
        "Authorization": f"Bearer {mint(client.runtime.settings.identity_dir, 'unit')}",
    }
    ready = Event()

    def send(_: int):
        ready.wait()
        return client.http.post("/api/v1/notes", json=NOTE, headers=headers)

    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(send, number) for number in range(8)]
        ready.set()
        bodies = {answer.result().content for answer in answers}
    assert len(bodies) == 1
    assert stored_titles() == ["雪亮工程"]


@both
def test_the_loser_of_a_race_is_told_that_it_is_there_already(client, problem, log):
    client.post("/api/v1/notes", as_="unit", json=NOTE)
    problem(client.post("/api/v1/notes", as_="unit", json=NOTE), 409, "already_exists")
    assert any(line["event"] == "duplicate refused by the database" for line in log)


def test_a_transaction_that_lost_against_another_is_repeated(client, monkeypatch, stored_titles):
    lost = OperationalError("UPDATE", {}, Exception("deadlock"))
    attempts = []
    claim = access.idempotency.claim

    def loses_first(*args: object, **kwargs: object):
        attempts.append(1)
        if len(attempts) == 1:
            raise lost
        return claim(*args, **kwargs)

    monkeypatch.setattr(access.idempotency, "claim", loses_first)
    monkeypatch.setattr(access, "is_contended", lambda error: error is lost)
    key = {"Idempotency-Key": "k-1"}
    assert client.post("/api/v1/notes", as_="unit", json=NOTE, headers=key).status_code == 201
    assert len(attempts) == 2
    assert stored_titles() == ["雪亮工程"]


def test_a_database_that_is_gone(client, problem, log):
    client.runtime.db.dispose()
    path = Path(make_url(client.runtime.settings.database_url).database)
    for file in path.parent.glob("notes.db*"):
        file.unlink()
    path.mkdir()
    response = client.get("/api/v1/notes", as_="unit")
    body = problem(response, 503, "database_unavailable")
    assert body["detail"] == "数据库暂时不可用。"
    assert response.headers["retry-after"]
    assert any(line["event"] == "database unavailable" for line in log)
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
