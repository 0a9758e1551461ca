"""Asking for resources, asking again, giving them back (Arts 2, 3, 6, 7, 14, 26, 27, 34)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest

from govproject.resources import Resources
from govproject.terms import DeploymentTarget, FilingCondition, Track
from govproject_cloud_alloc.tables import Allocation, CloudWork, LoggedDecision

DONE = {
    "reason": "系统停用",
    "data_handed_over": True,
    "data_wiped": True,
    "asset_ledger_updated": True,
}


def test_a_grant_is_recorded_logged_ordered_and_published(gate):
    gate.in_good_standing()
    view = gate.ask(quantity=2)
    assert view.pop("decision")["outcome"] == "allowed"
    assert view == {
        "id": view["id"],
        "project_id": str(gate.project),
        "unit": "亭湖区教育局",
        "purpose": "生产环境",
        "network_zone": "extranet",
        "mlps_level": 2,
        "starts_on": "2026-08-03",
        "ends_on": "2028-12-31",
        "resources": {
            "vcpus": 16,
            "memory_gib": 64,
            "storage_gib": 1000,
            "public_ips": 0,
            "bandwidth_mbps": 0,
        },
        "state": "granted",
        "decision_id": view["decision_id"],
        "requested_at": "2026-08-03T09:30:00+08:00",
    }
    (event,) = gate.published()
    assert event.name == "allocation.granted"
    assert (str(event.allocation_id), str(event.decision_id)) == (view["id"], view["decision_id"])
    assert event.resources == Resources(vcpus=16, memory_gib=64, storage_gib=1000)
    (link,) = gate.rows(LoggedDecision)
    assert str(link.id) == view["decision_id"]
    (work,) = gate.rows(CloudWork)
    assert (str(work.allocation_id), work.action, work.done) == (view["id"], "provision", False)


def test_a_refusal_is_recorded_logged_and_published_and_the_cloud_does_nothing(gate, refusals):
    gate.hear()
    view = gate.ask()
    assert refusals(view) == [("no_registration_no_resource", "3")]
    assert view["unit"] == "（未知单位）"
    (event,) = gate.published()
    assert (event.name, event.articles) == ("allocation.refused", ("3",))
    assert (gate.count(Allocation), gate.count(LoggedDecision), gate.count(CloudWork)) == (1, 1, 0)


def test_a_time_that_is_over_cannot_be_asked_for(gate, problem):
    gate.in_good_standing()
    over = {"starts_on": "2026-07-01", "ends_on": "2026-08-02"}
    problem(gate.post("/allocations", gate.wish() | over, "portal"), 422, "period_over")
    assert (gate.count(Allocation), gate.published()) == (0, [])
    last_day = gate.wish() | over | {"ends_on": "2026-08-03"}
    assert gate.done("/allocations", last_day)["state"] == "granted"


def test_nor_asked_for_again(gate, events, problem):
    gate.hear()
    gate.tell(events.declared(), events.registered())
    wish = gate.wish() | {"ends_on": "2026-08-10"}
    first, second = (
        f"/allocations/{gate.done('/allocations', wish)['id']}/reconsideration" for _ in range(2)
    )
    gate.tell(events.submitted(), events.accepted())
    gate.clock.turn(days=7)
    gate.hear()
    assert gate.done(first)["state"] == "granted"
    gate.clock.turn(days=1)
    gate.hear()
    logged = gate.count(LoggedDecision)
    problem(gate.post(second), 422, "period_over")
    assert (gate.count(LoggedDecision), gate.count(CloudWork)) == (logged, 1)


def test_from_nothing_to_a_grant(gate, events, refusals):
    """The order in which the demo's small projects hear of the articles."""
    gate.hear()
    assert refusals(gate.ask()) == [("no_registration_no_resource", "3")]
    gate.tell(events.declared())
    assert refusals(gate.ask()) == [
        ("no_registration_no_resource", "3"),
        ("unfiled_may_refuse_resource", "27"),
    ]
    gate.tell(events.registered())
    assert refusals(gate.ask()) == [("unfiled_may_refuse_resource", "27")]
    gate.tell(events.submitted())
    assert refusals(gate.ask()) == [("unfiled_may_refuse_resource", "27")]
    gate.tell(events.irregular())
    refused = gate.ask()
    assert refusals(refused) == [("unfiled_may_refuse_resource", "27")]
    assert refused["decision"]["findings"][0]["fact"]["problems"] == ["附件缺失"]
    gate.tell(events.corrected(), events.accepted())
    gate.granted()
    articles = [event.articles for event in gate.published("allocation.refused")]
    assert articles == [("3",), ("3", "27"), ("27",), ("27",), ("27",)]


def test_on_the_full_track_from_nothing_to_a_grant(gate, events, refusals):
    gate.hear()
    gate.tell(events.declared(track=Track.FULL_PROCESS), events.registered())
    assert refusals(gate.ask()) == [("no_build_before_approval", "6")]
    gate.tell(events.approved(cloud_plan=Resources(vcpus=8, memory_gib=32, storage_gib=500)))
    gate.granted()
    assert refusals(gate.ask()) == [("within_reviewed_plan", "7")]


def test_an_approval_without_a_plan_gives_nothing_to_be_held_against(gate, events, refusals):
    gate.hear()
    gate.tell(events.declared(track=Track.FULL_PROCESS), events.registered())
    gate.tell(events.approved(cloud_plan=None))
    assert refusals(gate.ask()) == [("impl_cloud_deploy_plan", "14")]


@pytest.mark.parametrize(
    ("target", "basis", "granted"),
    [
        (DeploymentTarget.DISTRICT_CLOUD, None, True),
        (DeploymentTarget.NATIONAL_STANDALONE, "国办发〔2019〕57号", True),
        (DeploymentTarget.NATIONAL_STANDALONE, None, False),
        (DeploymentTarget.ELSEWHERE, None, False),
    ],
)
def test_a_system_is_built_on_the_district_cloud(gate, refusals, target, basis, granted):
    gate.in_good_standing(deployment_target=target, standalone_basis=basis)
    view = gate.ask()
    if granted:
        assert view["state"] == "granted"
    else:
        assert refusals(view) == [("new_system_on_district_cloud", "2")]


def test_the_bureaus_decision_lifts_article_27_for_this_project_until_its_day(
    gate, events, refusals
):
    gate.hear()
    other = uuid4()
    gate.tell(events.declared(), events.registered())
    gate.tell(events.declared(other), events.registered(other))
    gate.decide(expires_on="2026-08-03")
    view = gate.ask()
    assert view["state"] == "granted"
    (finding,) = view["decision"]["findings"]
    assert (finding["article"], finding["severity"]) == ("27", "block")
    assert finding["lifted_by"] == {
        "rule": "unfiled_may_refuse_resource",
        "kind": "bureau_decision",
        "reason": "防汛应急，先行分配。",
        "approver": "bureau",
        "document": "亭数〔2026〕8号",
        "expires_on": "2026-08-03",
    }
    assert refusals(gate.ask(project=other)) == [("unfiled_may_refuse_resource", "27")]
    gate.clock.turn(hours=14, minutes=29)
    gate.granted()
    gate.clock.turn(minutes=1)
    assert refusals(gate.ask()) == [("unfiled_may_refuse_resource", "27")]


def test_the_bureaus_decision_never_lifts_article_3(gate, events, refusals, problem):
    gate.hear()
    gate.tell(events.declared())
    gate.decide()
    assert refusals(gate.ask()) == [("no_registration_no_resource", "3")]
    body = {
        "rule": "no_registration_no_resource",
        "reason": "急。",
        "document": "亭数〔2026〕8号",
        "expires_on": "2026-12-31",
    }
    path = f"/projects/{gate.project}/bureau-decisions"
    problem(gate.post(path, body, "bureau"), 422, "not_liftable")
    gate.tell(events.excepted("no_registration_no_resource"))
    assert refusals(gate.ask())[0] == ("no_registration_no_resource", "3")


def test_an_exception_of_article_26_lifts_and_shows_on_every_later_decision(gate, events, refusals):
    gate.hear()
    gate.tell(
        events.declared(),
        events.registered(),
        events.submitted(conditions=(FilingCondition.DUPLICATE, FilingCondition.SECURITY)),
        events.accepted(),
    )
    assert refusals(gate.ask()) == [("filing_duplicate", "26"), ("filing_security", "26")]
    gate.tell(events.excepted("filing_duplicate"))
    assert refusals(gate.ask()) == [("filing_security", "26")]
    gate.tell(events.excepted("filing_security"))
    for _ in range(2):
        view = gate.ask()
        assert view["state"] == "granted"
        lifted = {f["rule"]: f["lifted_by"]["kind"] for f in view["decision"]["findings"]}
        assert lifted == {"filing_duplicate": "exception", "filing_security": "exception"}


def test_what_is_held_counts_against_the_plan_until_it_is_released(gate, refusals):
    gate.in_good_standing()
    first = gate.granted(vcpus=40)
    gate.granted(vcpus=24)
    over = gate.ask(vcpus=1)
    assert refusals(over) == [("within_reviewed_plan", "7")]
    assert over["decision"]["findings"][0]["fact"]["over"] == {"vcpus": 1}
    gate.work()
    assert refusals(gate.ask(vcpus=1)) == [("within_reviewed_plan", "7")]
    gate.done(f"/allocations/{first}/release", DONE)
    gate.granted(vcpus=40)
    assert refusals(gate.ask(vcpus=1)) == [("within_reviewed_plan", "7")]


def test_a_refused_request_holds_nothing(gate):
    gate.in_good_standing()
    assert gate.ask(vcpus=65)["state"] == "refused"
    gate.granted(vcpus=64)


def test_lines_are_held_against_the_plan_together(gate, refusals):
    gate.in_good_standing()
    wish = gate.wish(vcpus=32)
    wish["lines"] = [*wish["lines"], *gate.wish(vcpus=33)["lines"]]
    view = gate.done("/allocations", wish)
    assert refusals(view) == [("within_reviewed_plan", "7")]
    assert view["decision"]["findings"][0]["fact"]["over"] == {"vcpus": 1}


@pytest.mark.parametrize("asking", [10])
def test_requests_at_once_never_get_more_than_the_plan(gate, asking):
    gate.in_good_standing()
    together = Barrier(asking)

    def ask(_: int) -> str:
        together.wait()
        return str(gate.ask(vcpus=16, memory_gib=1, data_disk_gib=0)["state"])

    with ThreadPoolExecutor(asking) as pool:
        states = sorted(pool.map(ask, range(asking)))
    assert states == ["granted"] * 4 + ["refused"] * 6
    assert gate.get(f"/projects/{gate.project}/standing").json()["in_use"]["vcpus"] == 64
    verified = gate.get("/decisions/verification").json()
    assert (verified["links"], verified["first_broken"]) == (asking, None)
    assert len(gate.published()) == asking


def test_a_refused_request_is_asked_again(gate, events, refusals, problem):
    gate.hear()
    gate.tell(events.declared(), events.registered())
    refused = gate.ask()
    path = f"/allocations/{refused['id']}/reconsideration"
    again = gate.done(path, as_="unit")
    assert refusals(again) == [("unfiled_may_refuse_resource", "27")]
    assert again["decision_id"] != refused["decision_id"]
    gate.tell(events.submitted(), events.accepted())
    granted = gate.done(path, as_="unit")
    assert (granted["id"], granted["state"]) == (refused["id"], "granted")
    body = problem(gate.post(path), 409, "not_refused")
    assert body["state"] == "granted"
    assert [link.number for link in gate.rows(LoggedDecision)] == [1, 2, 3]
    names = [event.name for event in gate.published()]
    assert names == ["allocation.refused", "allocation.refused", "allocation.granted"]


def test_of_many_who_ask_again_at_once_one_is_granted(gate, events):
    gate.hear()
    gate.tell(events.declared(), events.registered())
    path = f"/allocations/{gate.ask()['id']}/reconsideration"
    gate.tell(events.submitted(), events.accepted())
    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(pool.map(lambda _: gate.post(path).status_code, range(4)))
    assert statuses == [200, 409, 409, 409]
    assert gate.count(CloudWork) == 1


def test_a_unit_asks_for_its_own_projects(gate, problem):
    gate.in_good_standing()
    wish = gate.wish()
    answer = gate.post("/allocations", wish, "unit", unit="亭湖区卫健委")
    problem(answer, 403, "not_your_unit")
    assert (gate.count(Allocation), gate.count(LoggedDecision)) == (0, 0)
    view = gate.done("/allocations", wish, "unit")
    other = {"as_": "unit", "unit": "亭湖区卫健委"}
    path = f"/allocations/{view['id']}"
    problem(gate.get(path, **other), 403, "not_your_unit")
    problem(gate.post(f"{path}/reconsideration", **other), 403, "not_your_unit")
    problem(gate.post(f"{path}/release", DONE, **other), 403, "not_your_unit")
    assert gate.state(view["id"]) == "granted"


def test_a_unit_sees_its_own_requests(gate):
    gate.in_good_standing()
    other = uuid4()
    gate.in_good_standing(other, unit="亭湖区卫健委")
    own, theirs = gate.granted(), gate.granted(project=other)

    def listed(path: str, **caller: str) -> list[str]:
        return [item["id"] for item in gate.get(path, **caller).json()["items"]]

    assert listed("/allocations", as_="unit") == [own]
    assert listed("/allocations", as_="bureau") == [own, theirs]
    assert listed(f"/projects/{other}/allocations", as_="unit") == []
    assert listed(f"/projects/{other}/allocations", as_="portal") == [theirs]


@pytest.mark.parametrize("open_item", ["data_handed_over", "data_wiped", "asset_ledger_updated"])
def test_resources_go_back_when_the_checklist_is_done(gate, problem, open_item):
    gate.in_good_standing()
    allocation = gate.granted()
    path = f"/allocations/{allocation}/release"
    body = problem(gate.post(path, DONE | {open_item: False}), 409, "disposal_incomplete")
    title = {
        "data_handed_over": "业务数据导出或移交",
        "data_wiped": "数据清除",
        "asset_ledger_updated": "国有资产台账变更",
    }[open_item]
    assert body["detail"].endswith(f"尚未完成：{title}。请完成后重新办理释放。")
    assert body["article"] == "34"
    assert gate.state(allocation) == "granted"
    assert gate.published("allocation.released") == []


@pytest.mark.parametrize("releaser", ["unit", "portal", "bureau"])
def test_resources_go_back_once(gate, problem, releaser):
    gate.in_good_standing()
    allocation = gate.granted()
    gate.work()
    path = f"/allocations/{allocation}/release"
    assert gate.done(path, DONE, releaser)["state"] == "released"
    (event,) = gate.published("allocation.released")
    assert (str(event.allocation_id), event.reason) == (allocation, "系统停用")
    problem(gate.post(path, DONE, releaser), 409, "step_not_possible")
    assert [work.action for work in gate.rows(CloudWork)] == ["provision", "release"]


def test_a_refused_request_has_nothing_to_give_back(gate, problem):
    refused = gate.ask()
    problem(gate.post(f"/allocations/{refused['id']}/release", DONE), 409, "step_not_possible")


def test_a_decommissioned_project_gets_nothing_more_and_gives_back(gate, events, refusals):
    gate.in_good_standing()
    allocation = gate.granted()
    gate.tell(events.decommissioned())
    assert refusals(gate.ask()) == [("decommission_report", "34")]
    assert gate.state(allocation) == "granted"
    assert gate.done(f"/allocations/{allocation}/release", DONE)["state"] == "released"


def test_the_largest_request_is_stored_and_read_back(gate, problem):
    largest = {"quantity": 1000, "data_disk_gib": 9900, "vcpus": 1024, "memory_gib": 1024}
    view = gate.ask(**largest)
    assert view["resources"]["storage_gib"] == 10_000_000
    assert gate.get(f"/allocations/{view['id']}").json() == view
    more = gate.wish(**largest | {"data_disk_gib": 9901})
    body = problem(gate.post("/allocations", more), 422, "invalid_request")
    assert "上限" in body["detail"]
    assert gate.count(Allocation) == 1


def test_what_does_not_exist(gate, problem):
    nobody = UUID(int=99)
    problem(gate.get(f"/allocations/{nobody}"), 404, "not_found")
    problem(gate.post(f"/allocations/{nobody}/reconsideration"), 404, "not_found")
    problem(gate.post(f"/allocations/{nobody}/release", DONE), 404, "not_found")


@pytest.mark.parametrize(("field", "day"), [("starts_on", "1990-01-01"), ("ends_on", "2099-01-01")])
def test_a_period_decades_away_is_mistyped(gate, problem, field, day):
    answer = gate.post("/allocations", gate.wish() | {field: day}, "portal")
    (error,) = problem(answer, 422, "invalid_request")["errors"]
    assert (error["loc"], error["msg"]) == (
        ["body", field],
        f"日期{day}距今超过30年，请核对年份",
    )


def test_an_incident_or_a_decision_of_decades_away_is_mistyped(gate, problem):
    decision = {
        "rule": "unfiled_may_refuse_resource",
        "reason": "防汛应急。",
        "document": "亭数〔2026〕8号",
        "expires_on": "2099-01-01",
    }
    incident = {"found_by": "district", "found_on": "1990-01-01", "description": "弱口令。"}
    for path, body, as_ in (
        ("bureau-decisions", decision, "bureau"),
        ("incidents", incident, "cyberspace"),
    ):
        answer = gate.post(f"/projects/{gate.project}/{path}", body, as_)
        (error,) = problem(answer, 422, "invalid_request")["errors"]
        assert error["type"] == "date_far"
