"""The same service on PostgreSQL, where requests can really meet."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from govproject.persistence import migrate
from govproject_cloud_alloc.app import SERVICE

ORDER = UUID(int=90)
# Not more than a request is repeated: each loses at most once against each other.
AT_ONCE = 3


@pytest.fixture
def database_url(postgres_url):
    return postgres_url


def test_the_migrations_make_what_the_models_say(gate):
    assert migrate.is_current(gate.runtime.db, SERVICE.package)
    assert migrate.differences(gate.runtime.db, SERVICE.package) == []


def test_from_a_refusal_to_a_release(gate, events, refusals):
    gate.hear()
    refused = gate.ask()
    assert refusals(refused) == [("no_registration_no_resource", "3")]
    gate.in_good_standing()
    path = f"/allocations/{refused['id']}"
    assert gate.done(f"{path}/reconsideration")["state"] == "granted"
    gate.work()
    gate.tell(events.failed(ORDER))
    gate.done(f"/suspension-orders/{ORDER}/confirmation", as_="bureau")
    assert gate.state(refused["id"]) == "suspended"
    gate.tell(events.cleared(ORDER))
    gate.done(f"/suspension-orders/{ORDER}/resumption", as_="bureau")
    release = {
        "reason": "系统停用",
        "data_handed_over": True,
        "data_wiped": True,
        "asset_ledger_updated": True,
    }
    assert gate.done(f"{path}/release", release)["state"] == "released"
    assert gate.work() == 3
    assert gate.get("/decisions/verification").json()["first_broken"] is None
    gate.tamper("UPDATE decision_log SET content = content || ' ' WHERE number = 2")
    assert gate.get("/decisions/verification").json()["first_broken"] == 2


def test_requests_at_once_never_get_more_than_the_plan(gate):
    gate.in_good_standing()

    def ask(_: int) -> str:
        answer = gate.post("/allocations", gate.wish(vcpus=32, memory_gib=1))
        return str(answer.json().get("state") or answer.json()["code"])

    with ThreadPoolExecutor(AT_ONCE) as pool:
        states = sorted(pool.map(ask, range(AT_ONCE)))
    assert states == ["granted", "granted", "refused"]
    assert gate.get(f"/projects/{gate.project}/standing").json()["in_use"]["vcpus"] == 64
    verified = gate.get("/decisions/verification").json()
    assert (verified["links"], verified["first_broken"]) == (AT_ONCE, None)


def test_requests_of_many_projects_at_once_make_one_chain(gate):
    projects = [uuid4() for _ in range(AT_ONCE)]
    for project in projects:
        gate.in_good_standing(project)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(
            pool.map(lambda p: gate.post("/allocations", gate.wish(project=p)), projects)
        )
    assert [answer.status_code for answer in answers] == [201] * AT_ONCE
    verified = gate.get("/decisions/verification").json()
    assert (verified["links"], verified["first_broken"]) == (AT_ONCE, None)
