"""The durable queue of cloud work: in order, repeated with the same key until it answers."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from govproject.adapters import CloudOrder
from govproject_cloud_alloc.handlers import cloud
from govproject_cloud_alloc.tables import CloudWork

RELEASE = {
    "reason": "系统停用",
    "data_handed_over": True,
    "data_wiped": True,
    "asset_ledger_updated": True,
}


@dataclass
class Cloud:
    """Answers with `proof`, or raises it."""

    name: str = "test"
    proof: Any = field(default_factory=lambda: {"instances": 2})
    told: list[tuple[str, CloudOrder]] = field(default_factory=list)

    def _told(self, action: str, order: CloudOrder) -> Any:
        self.told.append((action, order))
        if isinstance(self.proof, BaseException):
            raise self.proof
        return self.proof

    def provision(self, order: CloudOrder) -> dict[str, Any]:
        return self._told("provision", order)

    def suspend(self, order: CloudOrder) -> dict[str, Any]:
        return self._told("suspend", order)

    def resume(self, order: CloudOrder) -> dict[str, Any]:
        return self._told("resume", order)

    def release(self, order: CloudOrder) -> dict[str, Any]:
        return self._told("release", order)

    def observe(self, order: CloudOrder) -> dict[str, Any]:
        return self._told("observe", order)


@pytest.fixture
def provider():
    return Cloud()


def works(gate):
    return sorted(gate.rows(CloudWork), key=lambda work: work.number)


def test_what_is_provisioned_becomes_active_with_its_proof(gate, provider):
    gate.in_good_standing()
    allocation = gate.granted()
    assert gate.work(provider) == 1
    assert gate.state(allocation) == "active"
    (work,) = works(gate)
    assert (work.done, work.attempts, work.proof, work.error) == (
        True,
        1,
        {"instances": 2},
        None,
    )
    ((action, order),) = provider.told
    assert (action, str(order.allocation_id), order.project_id) == (
        "provision",
        allocation,
        gate.project,
    )
    assert order.resources.vcpus == 8
    assert order.key == work.key
    assert gate.work(provider) == 0


def test_nothing_is_done_inside_a_request(gate):
    gate.in_good_standing()
    gate.granted()
    (work,) = works(gate)
    assert (work.done, work.attempts) == (False, 0)


@pytest.mark.parametrize(
    ("proof", "error"),
    [
        (TimeoutError("没有回应"), "TimeoutError: 没有回应"),
        (SystemExit(1), "SystemExit: 1"),
        ({"at": datetime(2026, 8, 3)}, "TypeError: Object of type datetime"),  # noqa: DTZ001  # any object
        ({"load": float("nan")}, "ValueError: Out of range float values"),
    ],
    ids=["raises", "leaves", "no JSON", "no number"],
)
def test_a_call_that_fails_is_repeated_later_with_the_same_key(gate, provider, proof, error):
    gate.in_good_standing()
    allocation = gate.granted()
    provider.proof = proof
    assert gate.work(provider) == 1
    (work,) = works(gate)
    assert (work.done, work.attempts, work.proof) == (False, 1, None)
    assert work.error.startswith(error)
    assert gate.state(allocation) == "granted"
    assert gate.work(provider) == 0
    gate.clock.turn(seconds=1)
    assert gate.work(provider) == 0
    gate.clock.turn(seconds=1)
    provider.proof = {}
    assert gate.work(provider) == 1
    (work,) = works(gate)
    assert (work.done, work.attempts, work.error, work.proof) == (True, 2, None, {})
    assert {order.key for _, order in provider.told} == {work.key}
    assert gate.state(allocation) == "active"


def test_the_pauses_grow_and_stay_bounded_however_long_the_cloud_is_away(gate, provider):
    gate.in_good_standing()
    gate.granted()
    provider.proof = ConnectionError("cloud away")
    pauses = []
    for _ in range(60):
        assert gate.work(provider) == 1
        (work,) = works(gate)
        pauses.append((work.next_attempt - gate.clock()).total_seconds())
        gate.clock.now = work.next_attempt
    assert pauses[:4] == [2, 4, 8, 16]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 1024
    provider.proof = {}
    assert gate.work(provider) == 1
    assert works(gate)[0].done


def test_work_for_one_allocation_keeps_its_order_and_others_go_on(gate, provider):
    gate.in_good_standing()
    first = gate.granted()
    provider.proof = ConnectionError("cloud away")
    gate.work(provider)
    provider.proof = {}
    gate.done(f"/allocations/{first}/release", RELEASE)
    second = gate.granted()
    # The release waits behind the provisioning that failed; the other allocation does not.
    assert gate.work(provider) == 1
    assert gate.state(second) == "active"
    gate.clock.turn(seconds=2)
    assert gate.work(provider) == 2
    told = [(action, str(order.allocation_id)) for action, order in provider.told]
    assert told == [
        ("provision", first),
        ("provision", second),
        ("provision", first),
        ("release", first),
    ]
    assert gate.state(first) == "released"


def test_a_late_provisioning_does_not_wake_what_was_released(gate, provider):
    gate.in_good_standing()
    allocation = gate.granted()
    gate.done(f"/allocations/{allocation}/release", RELEASE)
    gate.work(provider)
    assert gate.state(allocation) == "released"
    assert [work.action for work in works(gate)] == ["provision", "release"]


def test_a_crash_between_the_call_and_its_record_repeats_the_call(gate, provider, monkeypatch):
    gate.in_good_standing()
    gate.granted()

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as crashing:
        crashing.setattr(cloud, "_record", crash)
        with pytest.raises(KeyboardInterrupt):
            gate.work(provider)
    assert gate.work(provider) == 1
    first, second = (order.key for _, order in provider.told)
    assert first == second
    assert works(gate)[0].done


def test_overseers_read_what_the_cloud_was_told(gate, problem):
    gate.in_good_standing()
    gate.granted()
    gate.work()
    (item,) = gate.get("/cloud-work", "ops").json()["items"]
    assert (item["action"], item["done"], item["attempts"]) == ("provision", True, 1)
    assert item["proof"]["carried_out"] is False
    problem(gate.get("/cloud-work", "unit"), 403, "role_not_allowed")
