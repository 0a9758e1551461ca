"""Logging in with a browser: the token opens pages, and nothing but pages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import ModuleType
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from govproject.facts import DeclarationFacts
from govproject.gates import DECLARATION
from govproject.identity import LocalAccounts, Role, create, mint
from govproject.next_steps.steps import Asked, NextSteps, Step, Subject
from govproject.web import cookies
from govproject.web.app import build
from govproject.web.login import local
from govproject.web.paging import Page

PLAIN, SECURE = "govproject-login", "__Host-govproject-login"
PROJECT = UUID(int=7)
PAGE = f"/api/v1/projects/{PROJECT}/next-step.html"
BROWSER = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def service(service):
    rules = ModuleType("example_notes.rules")
    steps = NextSteps(
        lambda *_: Subject("智慧校园", "区教育局"),
        (
            Step(
                "申报",
                DECLARATION,
                (Role.UNIT,),
                lambda _, context, __: [Asked(DeclarationFacts.example(), context.pack)],
                "POST /projects",
            ),
        ),
        lambda *_: Page(items=[], next_cursor=None),
    )
    return replace(service, rules=(rules,), next_steps=steps)


@pytest.fixture
def log_in(client):
    def post(token, next_="/", **headers: str):
        return client.http.post(
            "/login", data={"token": token, "next": next_}, headers=headers, follow_redirects=False
        )

    return post


@pytest.fixture
def token(identity):
    return mint(identity, "bureau")


def cookie_of(answer):
    name, _, rest = answer.headers["set-cookie"].partition("=")
    value, *attributes = (part.strip() for part in rest.split(";"))
    return name, value, {part.lower() for part in attributes}


def test_the_page_asks_for_a_token_and_needs_nothing_from_elsewhere(client):
    answer = client.get("/login", headers=BROWSER)
    assert answer.status_code == 200
    for words in ('lang="zh-CN"', 'method="post" action="/login"', 'autocomplete="off"'):
        assert words in answer.text
    for never in ("<script", "<img", "http://", "https://", "src=", "@import"):
        assert never not in answer.text
    policy = answer.headers["content-security-policy"]
    for directive in ("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'"):
        assert directive in policy
    assert answer.headers["cache-control"] == "no-store"


def test_a_token_opens_pages_until_it_expires(client, log_in, token):
    answer = log_in(token, PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    name, value, attributes = cookie_of(answer)
    assert (name, value) == (PLAIN, token)
    assert {"httponly", "samesite=strict", "path=/"} <= attributes
    assert not {part for part in attributes if part.startswith(("domain", "secure"))}
    [age] = [int(part.partition("=")[2]) for part in attributes if part.startswith("max-age")]
    assert 12 * 3600 - 60 < age <= 12 * 3600
    shown = client.get(PAGE, headers=BROWSER)
    assert shown.status_code == 200
    assert "智慧校园" in shown.text


def test_what_was_pasted_may_be_broken_into_lines(log_in, token):
    broken = f"Bearer {token[:40]}\r\n  {token[40:]}\n"
    assert cookie_of(log_in(broken))[1] == token


def test_where_tokens_travel_encrypted_the_cookie_is_for_this_host_alone(
    service, settings, identity, tmp_path, token
):
    public = tmp_path / "public"
    public.mkdir()
    (public / "public-key.json").write_bytes((identity / "public-key.json").read_bytes())
    production = settings.model_copy(update={"environment": "production", "identity_dir": public})
    with TestClient(build(service, production), base_url="https://intake.example") as http:
        answer = http.post("/login", data={"token": token}, follow_redirects=False)
        name, _, attributes = cookie_of(answer)
        assert name == SECURE
        assert {"secure", "httponly", "samesite=strict", "path=/"} <= attributes
        assert http.get(PAGE, headers=BROWSER).status_code == 200


@pytest.mark.parametrize(
    ("host", "environment", "secure"),
    [
        ("127.0.0.1", "local", False),
        ("::1", "local", False),
        ("localhost", "local", False),
        ("127.0.0.1", "production", True),
        ("0.0.0.0", "local", True),  # noqa: S104  # an example, nothing listens
        ("10.0.0.8", "local", True),
        ("intake.example", "local", True),
    ],
)
def test_only_on_one_machine_does_a_token_travel_in_the_clear(settings, host, environment, secure):
    changed = settings.model_copy(update={"service_host": host, "environment": environment})
    assert cookies.is_secure(changed) is secure


def forged(tmp_path):
    create(tmp_path / "elsewhere")
    return mint(tmp_path / "elsewhere", "bureau")


def expired(identity):
    return LocalAccounts.load(identity).mint("bureau", ttl=timedelta(seconds=-1)).text


def test_a_token_that_does_not_hold_logs_nobody_in(client, log_in, identity, tmp_path, token):
    body, signature = token.rpartition(".")[::2]
    for wrong, words in (
        (forged(tmp_path), "登录凭证无效"),
        (f"{body}.{signature[::-1]}", "登录凭证无效"),
        (f"{body}.", "登录凭证无效"),
        (expired(identity), "登录凭证已过期"),
        ("", "登录凭证无效"),
        ("é<script>", "登录凭证无效"),
    ):
        answer = log_in(wrong, PAGE)
        assert answer.status_code == 401
        assert "set-cookie" not in answer.headers
        assert words in answer.text
        assert f'name="next" value="{PAGE}"' in answer.text
        assert "<script" not in answer.text


@pytest.mark.parametrize("which", ["forged", "expired"])
def test_a_cookie_that_does_not_hold_opens_nothing(client, identity, tmp_path, which):
    wrong = forged(tmp_path) if which == "forged" else expired(identity)
    client.http.cookies.set(PLAIN, wrong)
    answer = client.get(PAGE, headers=BROWSER, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/login?next={PAGE}")
    said = client.get("/login", headers=BROWSER).text
    assert ("登录凭证已过期" if which == "expired" else "登录凭证无效") in said


def test_a_header_counts_for_more_than_the_cookie(client, log_in, problem, token):
    log_in(token)
    wrong = {"Authorization": "Bearer wrong"}
    problem(client.get(PAGE, headers=wrong), 401, "token_invalid")


def test_the_cookie_is_good_for_pages_alone(client, log_in, problem, token, stored_titles):
    log_in(token)
    for answer in (
        client.post("/api/v1/notes", json={"title": "雪亮工程"}, headers=BROWSER),
        client.get("/api/v1/notes", headers=BROWSER),
        client.get(PAGE.removesuffix(".html"), headers=BROWSER),
        client.post("/api/v1/files?name=a.pdf", content=b"%PDF-1.7\n%%EOF", headers=BROWSER),
    ):
        problem(answer, 401, "token_missing")
    assert client.post(PAGE, headers=BROWSER).status_code == 405
    assert stored_titles() == []


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/",
        "//example.org/",
        "/\\example.org/",
        "\\\\example.org/",
        "/\t/example.org/",
        "/\n/example.org/",
        " //example.org/",
        "javascript:alert(1)",
        "login",
        "",
        "/é",
        "/" + "a" * 3000,
    ],
)
def test_the_way_back_leads_to_this_host_alone(client, log_in, token, elsewhere):
    assert local(elsewhere) == "/"
    assert log_in(token, elsewhere).headers["location"] == "/"
    shown = client.http.get("/login", params={"next": elsewhere}).text
    assert "example.org" not in shown
    assert "javascript:" not in shown


def test_the_way_back_is_shown_escaped(client):
    shown = client.http.get("/login", params={"next": '/"><script>'}).text
    assert "<script" not in shown


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": "http://testserver:8102"},
    ],
)
@pytest.mark.parametrize("path", ["/login", "/logout"])
def test_another_site_logs_nobody_in_or_out(client, token, path, headers):
    sent = {"token": token}
    answer = client.http.post(path, data=sent, headers=headers, follow_redirects=False)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "其他网站" in answer.text


def test_this_sites_own_form_is_taken(log_in, token):
    for headers in (
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
        {"Origin": "http://testserver"},
    ):
        assert log_in(token, **headers).status_code == 303


def test_logging_out_is_asked_for_and_forgets_the_token(client, log_in, token):
    log_in(token)
    assert client.get("/logout", headers=BROWSER).status_code == 200
    assert client.get(PAGE, headers=BROWSER).status_code == 200
    answer = client.post("/logout", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert "max-age=0" in cookie_of(answer)[2]
    again = client.get(PAGE, headers=BROWSER, follow_redirects=False)
    assert again.status_code == 303


def test_who_has_logged_in_is_told_so(client, log_in, identity):
    log_in(LocalAccounts.load(identity).mint("unit", unit="区教育局<b>").text)
    shown = client.http.get("/login", params={"next": PAGE}).text
    assert "已以项目单位（区教育局&lt;b&gt;）身份登录" in shown
    assert f'<a href="{PAGE}">继续打开页面</a>' in shown


def test_how_long_a_token_is_valid(client, identity):
    made = LocalAccounts.load(identity).mint("bureau", ttl=timedelta(minutes=5))
    before = datetime.now(UTC)
    left = timedelta(seconds=client.runtime.verifier.seconds_left(made.text))
    after = datetime.now(UTC)
    assert made.expires_at - after - timedelta(seconds=1) <= left <= made.expires_at - before
