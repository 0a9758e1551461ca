"""The same service on PostgreSQL, where steps of one acceptance can really meet."""

from concurrent.futures import ThreadPoolExecutor, wait
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import delete

from govproject.messaging import outbox
from govproject.persistence import migrate
from govproject.persistence.database import is_contended
from govproject.persistence.tables import Obligation
from govproject.terms import Veto
from govproject_acceptance.app import SERVICE
from govproject_acceptance.handlers import contract_duties
from govproject_acceptance.handlers.contract_duties import keep_next
from govproject_acceptance.projection import Contract

pytestmark = [
    pytest.mark.peer("postgresql"),
    pytest.mark.parametrize("database_url", ["postgresql"], indirect=True),
]


def at_once(acceptance, path, body, count=4):
    with ThreadPoolExecutor(count) as clerks:
        answers = list(clerks.map(lambda _: acceptance.post(path, body), range(count)))
    return sorted(answer.status_code for answer in answers)


def test_the_migrations_make_what_the_models_say(acceptance):
    assert migrate.is_current(acceptance.runtime.db, SERVICE.package)
    assert migrate.differences(acceptance.runtime.db, SERVICE.package) == []


def test_an_acceptance_from_preliminary_to_obligations(before_final, bodies, clock):
    assert before_final.do("final-rounds", bodies.final(Veto.XINCHUANG))["round"] == 1
    clock.set(2026, 8, 5)
    before_final.mend_final("2026-08-04")
    again = bodies.final(held_on="2026-08-05", settled_yuan="1100000.50")
    before_final.do("final-rounds", again)
    view = before_final.view()
    assert view["state"] == "accepted"
    assert [r["passed"] for r in view["final_rounds"]] == [False, True]
    assert view["final_rounds"][1]["settled_yuan"] == "1100000.50"
    assert view["final_rounds"][1]["experts"] == [
        {**expert, "affiliated": False} for expert in bodies.experts()
    ]
    page = before_final.get("/obligations?status=open&limit=2", "unit").json()
    assert len(page["items"]) == 2
    duty = next(o for o in view["obligations"] if o["rule"] == "asset_registration")
    path = f"/obligations/{duty['id']}/closure"
    proof = {"proof": "已登记", "file_id": before_final.handed_in()}
    assert at_once(before_final, path, proof) == [200, 409, 409, 409]
    closed = [str(e.obligation_id) for e in before_final.published("obligation.closed")]
    assert closed.count(duty["id"]) == 1


def test_what_follows_acceptance(before_final, bodies, clock):
    before_final.do("final-rounds", bodies.final())
    before_final.do("operation", bodies.operation(before_final.handed_in()), method="PUT")
    page = before_final.get("/evaluations/eligible-projects", "finance").json()
    assert [item["id"] for item in page["items"]] == [str(before_final.project)]
    clock.set(2027, 2, 1)
    missing = before_final.get("/annual-reports/2026/missing-units").json()
    assert missing["units"] == [{"unit": "亭湖区教育局", "projects": 1}]
    path = "/annual-reports"
    body = bodies.annual_report(before_final.handed_in(), str(before_final.project))
    assert at_once(before_final, path, body) == [201, 409, 409, 409]
    assert before_final.get("/annual-reports/2026/missing-units").json()["units"] == []


def test_one_meeting_recorded_four_times_at_once_is_one_round(before_final, bodies):
    path = f"/projects/{before_final.project}/final-rounds"
    assert at_once(before_final, path, bodies.final()) == [201, 409, 409, 409]
    assert len(before_final.view()["final_rounds"]) == 1
    assert len(before_final.published("final.passed")) == 1


def test_one_trial_started_four_times_at_once_is_one_trial(built, bodies):
    built.do("preliminary-rounds", bodies.preliminary())
    path = f"/projects/{built.project}/trials"
    assert at_once(built, path, {"started_on": "2026-04-01"}) == [201, 409, 409, 409]
    assert len(built.view()["trials"]) == 1


def test_one_trial_ended_four_times_at_once_ends_once(in_trial, trial_id):
    path = f"/trials/{trial_id}/end"
    assert at_once(in_trial, path, {"ended_on": "2026-07-15"}) == [200, 409, 409, 409]
    assert len(in_trial.published("trial.ended")) == 1


def test_four_workers_at_once_open_one_duty_of_a_contract(acceptance, events, clock):
    key = UUID(int=15)
    acceptance.tell(events.declared(), events.contract(contract_id=key, ends_on="2026-10-01"))
    with acceptance.runtime.db.write() as session:
        session.get_one(Contract, key).duty_id = None
        session.exec(delete(Obligation))

    def publish(session, event):
        return outbox.append(session, event, now=clock())

    def work(_):
        given = SimpleNamespace(db=acceptance.runtime.db, clock=clock, publish=publish)
        try:
            return keep_next(given)
        except Exception as error:
            if not is_contended(error):
                raise
            return False

    with ThreadPoolExecutor(4) as workers:
        assert sum(workers.map(work, range(4))) <= 1
    assert [o["rule"] for o in acceptance.view()["obligations"]] == ["schedule_management"]


def test_an_end_that_meets_the_completion_closes_a_duty_once(built, events, monkeypatch):
    """Whoever comes second finds it closed, and does not tell of it again."""
    key = UUID(int=15)
    built.tell(events.contract(contract_id=key, ends_on="2026-10-01"))
    path, body = f"/projects/{built.project}/completion", {"completed_on": "2026-08-03"}
    over, met = contract_duties._over, []

    def meanwhile(*args: Any):
        if not met:
            met.append(clerk.submit(built.post, path, body))
            # Either it is through by then, or it waits for us.
            wait(met, timeout=2)
        return over(*args)

    with ThreadPoolExecutor(1) as clerk:
        monkeypatch.setattr(contract_duties, "_over", meanwhile)
        built.tell(events.terminated(key))
        assert met[0].result().status_code == 201
    terms = [o["id"] for o in built.view()["obligations"] if o["rule"] == "schedule_management"]
    assert [str(e.obligation_id) for e in built.published("obligation.closed")] == terms
