"""Hazards and incidents: reported, shown to whoever hands out resources, handled."""

from uuid import uuid4

import pytest

FOUND = {"found_by": "district", "found_on": "2026-08-01", "description": "存在弱口令。"}
HANDLED = {"handled_on": "2026-08-03", "measures": "已更换口令并复测。"}


def reported(gate, as_="cyberspace", **changes: str):
    path = f"/projects/{gate.project}/incidents"
    answer = gate.post(path, FOUND | changes, as_)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_an_open_incident_is_shown_with_every_decision_until_it_is_handled(gate):
    gate.in_good_standing()
    incident = reported(gate)
    view = gate.ask()
    assert view["state"] == "granted"
    (finding,) = view["decision"]["findings"]
    assert (finding["rule"], finding["article"], finding["severity"]) == (
        "incident_handling",
        "32",
        "warn",
    )
    standing = gate.get(f"/projects/{gate.project}/standing", "portal").json()
    assert [each["description"] for each in standing["open_incidents"]] == ["存在弱口令。"]
    handled = gate.done(f"/incidents/{incident['id']}/handling", HANDLED, "unit")
    assert (handled["handled_on"], handled["measures"]) == ("2026-08-03", "已更换口令并复测。")
    assert gate.ask()["decision"]["findings"] == []
    assert gate.get(f"/projects/{gate.project}/standing").json()["open_incidents"] == []
    items = gate.get(f"/projects/{gate.project}/incidents").json()["items"]
    assert [item["id"] for item in items] == [incident["id"]]


def test_the_unit_reports_what_it_found_itself(gate):
    gate.in_good_standing()
    assert reported(gate, "unit", found_by="self")["found_by"] == "self"


def test_what_is_handled_is_handled_once(gate, problem):
    gate.in_good_standing()
    path = f"/incidents/{reported(gate)['id']}/handling"
    gate.done(path, HANDLED, "unit")
    problem(gate.post(path, HANDLED, "unit"), 409, "already_handled")


@pytest.mark.parametrize("day", ["2026-07-31", "2026-08-04"])
def test_nothing_is_handled_before_it_is_found_or_tomorrow(gate, problem, day):
    gate.in_good_standing()
    path = f"/incidents/{reported(gate)['id']}/handling"
    problem(gate.post(path, HANDLED | {"handled_on": day}, "unit"), 422, "handled_on_impossible")


def test_nothing_is_found_tomorrow(gate, problem):
    gate.in_good_standing()
    path = f"/projects/{gate.project}/incidents"
    answer = gate.post(path, FOUND | {"found_on": "2026-08-04"}, "cyberspace")
    problem(answer, 422, "date_in_future")


def test_another_units_incident(gate, problem):
    gate.in_good_standing()
    path = f"/projects/{gate.project}/incidents"
    answer = gate.call("POST", path, "unit", "亭湖区卫健委", json=FOUND)
    problem(answer, 403, "not_your_unit")
    handling = f"/incidents/{reported(gate)['id']}/handling"
    answer = gate.call("POST", handling, "unit", "亭湖区卫健委", json=HANDLED)
    problem(answer, 403, "not_your_unit")


def test_an_incident_that_does_not_exist(gate, problem):
    problem(gate.post(f"/incidents/{uuid4()}/handling", HANDLED, "unit"), 404, "not_found")
    problem(gate.post(f"/projects/{uuid4()}/incidents", FOUND, "bureau"), 404, "not_found")
