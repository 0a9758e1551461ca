"""What is missing for a next step: as data, and as a page that does nothing but show."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from types import ModuleType, SimpleNamespace
from uuid import UUID

import pytest

from govproject import rule
from govproject.clock import SHANGHAI
from govproject.errors import NotFound
from govproject.facts import DeclarationFacts
from govproject.gates import DECLARATION
from govproject.identity import Role
from govproject.ids import new_id
from govproject.messaging import inbox
from govproject.next_steps.page import addressed
from govproject.next_steps.steps import Asked, Errand, NextSteps, Step, Subject, Waiting
from govproject.persistence.tables import Obligation
from govproject.regulation.citation import Citation
from govproject.regulation.findings import Findings, Relief, block, warn
from govproject.terms import ReliefKind
from govproject.web.paging import Page

NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
PROJECT = UUID(int=7)
UNIT = "区教育局"
EVIL = "<script>alert('1')</script>"
PATH = f"/api/v1/projects/{PROJECT}/next-step"


COMMAND = "PUT /projects/{project_id}/notes/{note_id}"
ERRAND = Errand(
    "登记编号",
    Citation("3", "1", "纳入市级政务信息化项目管理系统"),
    (Role.BUREAU,),
    lambda *_: [Waiting("一期", {"note_id": 7})] if Stored.unregistered else [],
    "POST /projects/{project_id}/registration",
    "请区数据局登记编号。",
)


@rule("declaration", article="26", quote="原则上不得立项实施", relief=ReliefKind.EXCEPTION)
def stored_budget(facts: DeclarationFacts) -> Findings:
    if facts.budget_yuan > 100:
        yield block(f"{EVIL}预算过高。", remedy="请区财政局、区数据局核定预算。")


@rule("declaration", article="5", clause="(三)", quote="文件依据")
def brought_basis(facts: DeclarationFacts) -> Findings:
    if not facts.policy_basis:
        yield block("缺少依据文件。", remedy="请提供依据文件。")
    elif facts.plan_year > 2030:
        yield warn("年度较远。", remedy="请核对年度。")


@rule("declaration", article="4", source="示例部门〔2026〕3号", quote="应当")
def crashes(facts: DeclarationFacts) -> Findings:
    if facts.plan_year == 2099:
        raise ZeroDivisionError(EVIL)
    yield from ()


class Stored:
    """What the test has stored of its project."""

    name: str | None = f"智慧校园{EVIL}"
    codes: tuple[tuple[str, str], ...] = ()
    facts: dict[str, object] = {"policy_basis": ()}  # noqa: RUF012  # replaced, never changed
    brought: dict[str, object] = {"policy_basis": ("纪要",)}  # noqa: RUF012  # the same
    stands_before = True
    unregistered = False
    goes_on_in: str | None = None

    def subject(self, session, context, project_id):
        if project_id != PROJECT:
            raise NotFound("project_not_found", "没有这个项目。")
        context.caller.must_own(UNIT)
        return Subject(self.name, UNIT, self.codes)

    def listed(self, session, context, paging):
        listed = SimpleNamespace(id=PROJECT, project_name=self.name, unit=None)
        return Page(items=[listed], next_cursor="bW9yZQ")

    def asked(self, session, context, project_id):
        if self.stands_before:
            facts = DeclarationFacts.example(**{"budget_yuan": "100.00"} | self.facts)
            yield Asked(facts, context.pack, self.brought, about=EVIL, ids={"note_id": 7})


@pytest.fixture
def stored():
    return Stored()


@pytest.fixture
def service(service, stored):
    rules = ModuleType("example_notes.rules")
    for function in (stored_budget, brought_basis, crashes):
        setattr(rules, function.__name__, function)
    steps = NextSteps(
        stored.subject,
        (Step("申报", DECLARATION, (Role.UNIT,), stored.asked, COMMAND),),
        stored.listed,
        errands=(ERRAND,),
        goes_on_in=lambda *_: stored.goes_on_in,
    )
    return replace(service, rules=(rules,), follows=("intake", "review"), next_steps=steps)


@pytest.fixture
def page(client):
    def read():
        answer = client.get(f"{PATH}.html", as_="bureau")
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; ")
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["cache-control"] == "no-store"
        for never in ("<script", "<img", "http://", "https://", "src=", "@import"):
            assert never not in answer.text
        return answer.text

    return read


def duty(db, task, **changes: object):
    with db.write() as session:
        values = {
            "id": new_id(),
            "project_id": PROJECT,
            "unit": UNIT,
            "rule": "some_duty",
            "article": "20",
            "quote": "限期整改",
            "task": task,
            "period": None,
            "due_on": None,
            "due_provisional": False,
            "runs_until_due": False,
            "opened_at": NOW,
        }
        session.add(Obligation(**{**values, **changes}))


def test_what_the_command_brings_is_asked_for_and_no_failure(client, page):
    body = client.get(PATH, as_="bureau").json()
    [step] = body["steps"]
    assert (step["step"], step["gate"], step["by"]) == ("申报", "declaration", ["unit"])
    assert (step["decision"]["outcome"], step["decision"]["findings"]) == ("allowed", [])
    assert step["brought"] == [{"name": "policy_basis", "title": "依据文件"}]
    assert [each["rule"] for each in step["judged_by"]] == ["brought_basis"]
    shown = page()
    assert "按已登记的情况可以办理" in shown
    assert "随办理提交" in shown
    assert "“文件依据”" in shown
    assert "缺少依据文件" not in shown


def test_it_is_named_by_what_people_know(client, stored, page):
    stored.codes = (("市级系统编号", f"TH-7{EVIL}"),)
    assert client.get(PATH, as_="bureau").json()["codes"] == dict(stored.codes)
    shown = page()
    assert "<dt>项目名称</dt><dd>智慧校园" in shown
    assert "<dt>市级系统编号</dt><dd>TH-7&lt;script" in shown
    assert "适用规则</dt><dd>亭湖区政务信息化项目管理实施细则（试行）（tinghu-2025）" in shown


def test_what_no_command_can_avoid_is_missing(client, stored, page):
    stored.facts = {"policy_basis": (), "plan_year": 2031}
    [step] = client.get(PATH, as_="bureau").json()["steps"]
    assert [each["rule"] for each in step["decision"]["findings"]] == ["brought_basis"]
    assert [each["rule"] for each in step["judged_by"]] == ["brought_basis"]
    shown = page()
    for words in ("年度较远。", "怎么办：请核对年度。", '<a href="/regulation#a5">第5条</a>'):
        assert words in shown


def test_a_refusal_says_what_is_wrong_what_to_do_and_who_does_it(client, stored, page):
    stored.brought = {"budget_yuan": "100.01", "policy_basis": ("纪要",)}
    shown = page()
    assert "目前不能办理" in shown
    assert "须先解决" in shown
    assert "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;预算过高。" in shown
    assert "由谁办：区财政局、区数据局" in shown
    assert shown.count("由谁办：") == shown.count("怎么办：")
    assert "由谁办理</dt><dd>项目单位" in shown


@pytest.mark.parametrize(("days", "lifts"), [(-1, False), (0, True), (1, True)])
def test_a_relief_that_carries_a_finding_is_shown_with_its_last_day(
    client, stored, page, days, lifts
):
    relief = Relief(
        rule="stored_budget",
        kind=ReliefKind.EXCEPTION,
        reason=f"防汛应急{EVIL}",
        approver="bureau",
        document="亭政办纪要〔2026〕9号",
        expires_on=NOW.date() + timedelta(days=days),
    )
    stored.facts = {"policy_basis": (), "reliefs": (relief,)}
    stored.brought = {"budget_yuan": "100.01", "policy_basis": ("纪要",)}
    [step] = client.get(PATH, as_="bureau").json()["steps"]
    assert (step["decision"]["outcome"] == "allowed") is lifts
    shown = page()
    carried = f"依据亭政办纪要〔2026〕9号，由bureau批准，有效期至{relief.expires_on}。"
    assert (carried in shown) is lifts
    assert ("已由例外或决定准予" in shown) is lifts


def test_a_rule_that_crashes_refuses_as_it_does_in_a_decision(client, stored, page):
    stored.brought = {"plan_year": 2099, "policy_basis": ("纪要",)}
    [step] = client.get(PATH, as_="bureau").json()["steps"]
    assert step["decision"]["outcome"] == "refused"
    assert "no_answer.example_notes.rules.crashes" in {
        each["rule"] for each in step["decision"]["findings"]
    }
    assert "示例部门〔2026〕3号第4条" in page()
    scraped = client.get("/metrics").text
    assert "govproject_decisions_total{" not in scraped
    assert 'govproject_rule_failures_total{plugin="example_notes.rules"' in scraped


def test_a_rule_that_crashes_on_silence_alone_is_no_clause_of_the_command(client, stored):
    stored.facts = {"plan_year": 2099}
    stored.brought = {"plan_year": 2027}
    [step] = client.get(PATH, as_="bureau").json()["steps"]
    assert step["decision"]["outcome"] == "allowed"
    assert [each["rule"] for each in step["judged_by"]] == ["brought_basis"]


def test_open_duties_are_shown_with_their_days(client, page):
    duty(client.runtime.db, f"无期限{EVIL}")
    duty(client.runtime.db, "逾期事项", due_on=date(2026, 8, 2))
    duty(client.runtime.db, "暂定事项", due_on=date(2026, 8, 1), due_provisional=True)
    duty(client.runtime.db, "已办结事项", closed_at=NOW)
    duty(client.runtime.db, "别的项目", project_id=UUID(int=8))
    tasks = [each["task"] for each in client.get(PATH, as_="bureau").json()["obligations"]]
    assert tasks == ["暂定事项", "逾期事项", f"无期限{EVIL}"]
    shown = page()
    assert "期限：2026-08-01（暂定，工作日安排公布后确定）" in shown
    assert '期限：2026-08-02 <span class="bad">已逾期</span>' in shown
    assert "没有规定期限" in shown
    assert "已办结事项" not in shown


def test_how_old_the_knowledge_of_others_is(client, page, monkeypatch):
    body = client.get(PATH, as_="bureau").json()
    unknown = {"as_of": None, "age_minutes": None}
    assert body["knowledge"] == [{"source": s, **unknown} for s in ("intake", "review")]
    assert body["backlog"] == 0
    assert "项目申报与报备：尚未同步，不知道新旧" in page()
    monkeypatch.setattr(inbox, "backlog", lambda *_: 2)
    assert "该项目有2条信息已收到而尚未处理" in page()


def test_a_project_that_stands_before_nothing(client, stored, page):
    stored.stands_before, stored.name = False, None
    assert client.get(PATH, as_="bureau").json()["steps"] == []
    assert "目前没有待办理的环节" in page()
    assert "（名称尚未同步）" in page()


@pytest.mark.parametrize("path", [PATH, f"{PATH}.html"])
def test_who_may_look(client, problem, path):
    assert client.get(path, as_="unit", unit=UNIT).status_code == 200
    problem(client.get(path, as_="unit", unit="区卫健委"), 403, "not_your_unit")
    problem(client.get(path), 401, "token_missing")
    other = path.replace(str(PROJECT), str(UUID(int=8)))
    problem(client.get(other, as_="bureau"), 404, "project_not_found")


def test_who_may_not_look_is_led_to_another_login(client):
    path = f"{PATH}.html"
    answer = client.get(path, as_="unit", unit="区卫健委", headers={"Accept": "text/html"})
    assert answer.status_code == 403
    assert f'<a href="/login?next={path}">换一个账号登录</a>' in answer.text
    missing = client.get("/nowhere", headers={"Accept": "text/html"})
    assert "换一个账号登录" not in missing.text


def test_an_address_that_is_cut_off_is_said_to_be_the_address(client):
    answer = client.get("/api/v1/projects/7/next-step", as_="bureau")
    assert answer.json()["detail"] == "填写不符合要求：网址中的 project_id 须为编号（UUID）。"


def test_a_step_names_its_command(client, page):
    [step] = client.get(PATH, as_="bureau").json()["steps"]
    path = f"/api/v1/projects/{PROJECT}/notes/7"
    assert step["command"] == {"method": "PUT", "path": path}
    folded = '<details class="address"><summary>接口地址（供系统对接）</summary>'
    assert f"{folded}<code>PUT {path}</code></details>" in page()


def test_what_is_to_be_done_is_said_in_words(stored, page):
    assert "怎么办理</dt><dd>可以提交下列材料和内容。</dd>" in page()
    stored.brought = {}
    stored.facts = {"policy_basis": ("纪要",)}
    assert "怎么办理</dt><dd>可以办理。</dd>" in page()
    stored.facts = {"policy_basis": ("纪要",), "budget_yuan": "100.01"}
    assert "怎么办理</dt><dd>先解决下列标明“须先解决”的各项，再办理。</dd>" in page()


def test_what_no_gate_stands_before_comes_first(client, monkeypatch, page):
    assert client.get(PATH, as_="bureau").json()["errands"] == []
    monkeypatch.setattr(Stored, "unregistered", True)
    [errand] = client.get(PATH, as_="bureau").json()["errands"]
    assert (errand["step"], errand["article"], errand["by"]) == ("登记编号", "3", ["bureau"])
    assert errand["about"] == "一期"
    shown = page()
    assert shown.index("登记编号（一期）：") < shown.index("申报（")
    assert f"<code>POST /api/v1/projects/{PROJECT}/registration</code>" in shown
    assert "怎么办理</dt><dd>" in shown[: shown.index("申报（")]
    assert '<a href="/regulation#a3">第3条</a>“纳入市级' in shown


def test_it_says_where_the_project_is_at_work(stored, page):
    stored.stands_before = False
    assert "请到各系统查看" in page()
    stored.goes_on_in = "review"
    assert "项目正在“项目评审与立项”办理" in page()


def test_it_leads_to_the_other_services_where_they_are_known(client, page):
    assert client.get(PATH, as_="bureau").json()["elsewhere"] == []
    urls = {"intake": "https://intake.example", "review": "https://review.example:8443"}
    known = client.runtime.settings.model_copy(update={"service_urls": urls})
    client.runtime.settings = known
    body = client.get(PATH, as_="bureau").json()
    assert [each["url"] for each in body["elsewhere"]] == [f"{u}{PATH}.html" for u in urls.values()]
    shown = client.get(f"{PATH}.html", as_="bureau").text
    link = f'<a href="https://review.example:8443{PATH}.html">项目评审与立项</a>'
    assert link in shown
    assert (
        '<a href="https://intake.example/">项目申报与报备</a>' in client.get("/", as_="bureau").text
    )


def test_the_first_page_leads_to_each_projects_page(client):
    answer = client.get("/", as_="unit", unit=UNIT, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert f'<a href="{PATH}.html">智慧校园&lt;script&gt;' in answer.text
    assert '<a href="/?cursor=bW9yZQ">下一页</a>' in answer.text
    assert "<script" not in answer.text


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["/", f"{PATH}.html"])
def test_it_fits_the_window(client, stored, browser, monkeypatch, tmp_path, path, width):
    monkeypatch.setattr(Stored, "unregistered", True)
    stored.name = "智慧教育" * 30 + "e" * 200
    stored.brought = {"budget_yuan": "100.01", "policy_basis": ("纪要",)}
    place = tmp_path / "page.html"
    place.write_bytes(client.get(path, as_="bureau").content)
    browser.open(place.as_uri(), width)
    assert browser.overflow == 0
    assert browser.paper().startswith(b"%PDF")


@pytest.mark.parametrize("path", ["/", f"{PATH}.html"])
def test_a_browser_without_a_login_is_led_to_it_and_back(client, path):
    browser = {"Accept": "text/html,application/xhtml+xml"}
    answer = client.get(path, headers=browser, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/login?next={path}")
    assert answer.headers["cache-control"] == "no-store"


def test_a_browser_reads_of_a_problem_on_a_page(client):
    browser = {"Accept": "text/html"}
    answer = client.get(f"{PATH}.html", as_="unit", unit="区卫健委", headers=browser)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "这是其他项目单位的项目" in answer.text
    other = "/api/v1/projects/<script>/next-step.html"
    answer = client.get(other, as_="bureau", headers=browser)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    ("remedy", "office"),
    [
        ("请区数据局逐项审查后作出预审结论。", "区数据局"),
        ("请区委办、区财政局出具会审意见。", "区委办、区财政局"),
        ("请区委网信办出具会审意见。", "区委网信办"),
        ("请专家组逐项核实。", "专家组"),
        ("请评审专家从五个方面逐项作出评价并签字。", "评审专家"),
        ("请由承建单位提出延期申请。", "承建单位"),
        ("请由参会各方签署。", None),
        ("请稍后重试；长时间未恢复的，请联系区数据局运维人员。", "系统自动处理，无须人工办理"),
        ("请区数据局、有关单位核对。", "区数据局"),
        ("请上传区数据局的批复。", None),
        ("", None),
    ],
)
def test_whom_a_remedy_addresses(remedy, office):
    assert addressed(remedy) == office
