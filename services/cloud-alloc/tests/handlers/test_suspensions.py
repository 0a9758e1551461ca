"""Suspending after confirmation, and resuming after clearance (Art 29)."""

from uuid import UUID, uuid4

import pytest

from govproject_cloud_alloc.tables import CloudWork

ORDER, SECOND = UUID(int=90), UUID(int=91)
RELEASE = {
    "reason": "系统停用",
    "data_handed_over": True,
    "data_wiped": True,
    "asset_ledger_updated": True,
}


def step(gate, order, name):
    return gate.done(f"/suspension-orders/{order}/{name}", as_="bureau")


def orders(gate):
    items = gate.get("/suspension-orders").json()["items"]
    return {UUID(item["order_id"]): item["state"] for item in items}


@pytest.fixture
def running(gate):
    """A project that holds one active and one merely granted allocation."""
    gate.in_good_standing()
    active = gate.granted()
    gate.work()
    return gate, (active, gate.granted())


def test_a_failed_rectification_switches_nothing_off(running, events):
    gate, held = running
    gate.tell(events.failed(ORDER))
    assert orders(gate) == {ORDER: "proposed"}
    assert [gate.state(allocation) for allocation in held] == ["active", "granted"]
    assert gate.published("allocation.suspended") == []
    view = gate.ask()
    assert view["state"] == "granted"
    assert [(f["article"], f["severity"]) for f in view["decision"]["findings"]] == [("29", "warn")]


def test_what_fails_once_more_is_proposed_or_suspended_already(running, events):
    gate, _ = running
    gate.tell(events.failed(ORDER), events.failed(ORDER))
    assert orders(gate) == {ORDER: "proposed"}
    step(gate, ORDER, "confirmation")
    gate.tell(events.failed(ORDER))
    assert orders(gate) == {ORDER: "confirmed"}


def test_a_person_of_the_bureau_confirms_and_everything_held_is_suspended(
    running, events, refusals, problem
):
    gate, held = running
    gate.tell(events.failed(ORDER))
    gate.clock.turn(minutes=5)
    view = step(gate, ORDER, "confirmation")
    assert (view["state"], view["confirmed_by"]) == ("confirmed", "bureau")
    assert view["confirmed_at"] == "2026-08-03T09:35:00+08:00"
    assert [gate.state(allocation) for allocation in held] == ["suspended", "suspended"]
    suspended = gate.published("allocation.suspended")
    assert [(str(e.allocation_id), e.order_id) for e in suspended] == [(a, ORDER) for a in held]
    assert refusals(gate.ask()) == [("suspend_resources", "29")]
    standing = gate.get(f"/projects/{gate.project}/standing").json()
    assert standing["suspended_by"] == str(ORDER)
    # What is suspended is still held: it comes back.
    assert standing["in_use"]["vcpus"] == 16
    problem(
        gate.post(f"/suspension-orders/{ORDER}/confirmation", as_="bureau"),
        409,
        "step_not_possible",
    )


def test_nothing_is_resumed_before_the_clearance(running, events, refusals, problem):
    gate, held = running
    path = f"/suspension-orders/{ORDER}/resumption"
    gate.tell(events.failed(ORDER))
    problem(gate.post(path, as_="bureau"), 409, "step_not_possible")
    step(gate, ORDER, "confirmation")
    problem(gate.post(path, as_="bureau"), 409, "step_not_possible")
    gate.tell(events.cleared(ORDER))
    assert orders(gate) == {ORDER: "cleared"}
    # A clearance alone resumes nothing either.
    assert [gate.state(allocation) for allocation in held] == ["suspended", "suspended"]
    assert refusals(gate.ask()) == [("suspend_resources", "29")]
    assert step(gate, ORDER, "resumption")["state"] == "lifted"
    assert [gate.state(allocation) for allocation in held] == ["active", "active"]
    resumed = gate.published("allocation.resumed")
    assert [(str(e.allocation_id), e.order_id) for e in resumed] == [(a, ORDER) for a in held]
    gate.granted()
    problem(gate.post(path, as_="bureau"), 409, "step_not_possible")


def test_a_proposal_that_is_cleared_first_is_withdrawn(running, events, problem):
    gate, held = running
    gate.tell(events.failed(ORDER), events.cleared(ORDER))
    assert orders(gate) == {ORDER: "withdrawn"}
    answer = gate.post(f"/suspension-orders/{ORDER}/confirmation", as_="bureau")
    problem(answer, 409, "step_not_possible")
    assert [gate.state(allocation) for allocation in held] == ["active", "granted"]


def test_of_two_orders_both_must_be_lifted(running, events, refusals):
    gate, held = running
    gate.tell(events.failed(ORDER), events.failed(SECOND))
    step(gate, ORDER, "confirmation")
    step(gate, SECOND, "confirmation")
    assert len(gate.published("allocation.suspended")) == 2
    gate.tell(events.cleared(ORDER))
    step(gate, ORDER, "resumption")
    assert [gate.state(allocation) for allocation in held] == ["suspended", "suspended"]
    assert refusals(gate.ask()) == [("suspend_resources", "29")]
    gate.tell(events.cleared(SECOND))
    step(gate, SECOND, "resumption")
    assert [gate.state(allocation) for allocation in held] == ["active", "active"]
    assert {event.order_id for event in gate.published("allocation.resumed")} == {SECOND}


def test_another_projects_resources_go_on(running, events):
    gate, _ = running
    other = uuid4()
    gate.in_good_standing(other)
    theirs = gate.granted(project=other)
    gate.tell(events.failed(ORDER))
    step(gate, ORDER, "confirmation")
    assert gate.state(theirs) == "granted"
    gate.granted(project=other)


def test_what_is_suspended_can_be_given_back_and_is_not_resumed(running, events):
    gate, (first, second) = running
    gate.tell(events.failed(ORDER))
    step(gate, ORDER, "confirmation")
    gate.done(f"/allocations/{first}/release", RELEASE)
    gate.tell(events.cleared(ORDER))
    step(gate, ORDER, "resumption")
    assert (gate.state(first), gate.state(second)) == ("released", "active")


def test_a_suspension_of_a_project_that_holds_nothing(gate, events, refusals):
    gate.in_good_standing()
    gate.tell(events.failed(ORDER))
    step(gate, ORDER, "confirmation")
    assert refusals(gate.ask()) == [("suspend_resources", "29")]
    assert gate.count(CloudWork) == 0


def test_the_cloud_is_told_each_step_in_order(running, events):
    gate, held = running
    gate.tell(events.failed(ORDER))
    step(gate, ORDER, "confirmation")
    gate.tell(events.cleared(ORDER))
    step(gate, ORDER, "resumption")
    gate.work()
    told = {
        allocation: tuple(
            work.action for work in gate.rows(CloudWork) if str(work.allocation_id) == allocation
        )
        for allocation in held
    }
    assert told == dict.fromkeys(held, ("provision", "suspend", "resume"))
    assert all(work.done for work in gate.rows(CloudWork))
    assert [gate.state(allocation) for allocation in held] == ["active", "active"]


def test_an_order_that_does_not_exist(gate, problem):
    for name in ("confirmation", "resumption"):
        path = f"/suspension-orders/{uuid4()}/{name}"
        problem(gate.post(path, as_="bureau"), 404, "not_found")
