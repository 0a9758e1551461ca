"""The hash-chained decision log: whole, or broken at the first link that was touched."""

import json
from uuid import uuid4

import pytest

from govproject.facts import AllocationFacts
from govproject.gates import ALLOCATION
from govproject.regulation.decide import decide, digest
from govproject.regulation.findings import Decision
from govproject.regulation.pack import pack
from govproject_cloud_alloc.decision_log import EMPTY
from govproject_cloud_alloc.handlers import decisions
from govproject_cloud_alloc.tables import LoggedDecision


@pytest.fixture
def chain(gate):
    """Five decisions, the third a grant."""
    gate.ask(project=uuid4())
    gate.ask(project=uuid4())
    gate.in_good_standing()
    gate.granted()
    gate.ask(vcpus=64)
    gate.ask(project=uuid4())
    return gate


def verified(gate):
    return gate.get("/decisions/verification", "audit").json()


def test_an_empty_log_is_whole(gate):
    assert verified(gate) == {"links": 0, "first_broken": None, "head": EMPTY}


def test_a_whole_chain(chain):
    links = chain.rows(LoggedDecision)
    assert [link.number for link in links] == [1, 2, 3, 4, 5]
    assert [link.previous_digest for link in links] == [EMPTY, *(x.digest for x in links[:-1])]
    assert verified(chain) == {"links": 5, "first_broken": None, "head": links[-1].digest}


def test_a_chain_longer_than_one_batch(chain, monkeypatch):
    monkeypatch.setattr(decisions, "_BATCH", 2)
    assert verified(chain)["links"] == 5
    chain.tamper("UPDATE decision_log SET asked_by = 'nobody' WHERE number = 4")
    assert verified(chain)["first_broken"] == 4


@pytest.mark.parametrize(
    ("statement", "first_broken"),
    [
        ("UPDATE decision_log SET content = replace(content, 'refused', 'allowed')", 1),
        ("UPDATE decision_log SET content = content || ' ' WHERE number = 3", 3),
        ("UPDATE decision_log SET asked_by = 'unit' WHERE number = 5", 5),
        ("UPDATE decision_log SET decided_at = '2026-08-01 00:00:00' WHERE number = 2", 2),
        ("UPDATE decision_log SET project_id = id WHERE number = 4", 4),
        ("UPDATE decision_log SET digest = previous_digest WHERE number = 3", 3),
        ("DELETE FROM decision_log WHERE number = 1", 1),
        ("DELETE FROM decision_log WHERE number = 3", 3),
        ("DELETE FROM decision_log WHERE number > 2", 3),
        ("DELETE FROM decision_log WHERE number = 5", 5),
        ("DELETE FROM decision_log", 1),
        ("UPDATE decision_log SET number = 9 WHERE number = 5", 5),
        ("UPDATE decision_log_head SET number = 4", 6),
        ("UPDATE decision_log_head SET digest = 'sm3:'", 6),
    ],
)
def test_whatever_is_touched_is_found(chain, statement, first_broken):
    chain.tamper(statement)
    assert verified(chain)["first_broken"] == first_broken


def test_a_link_forged_with_a_fitting_digest_breaks_the_next(chain):
    third = chain.rows(LoggedDecision)[2]
    third.content = third.content.replace("allowed", "refused")
    chain.tamper(
        "UPDATE decision_log SET content = :content, digest = :digest WHERE number = 3",
        content=third.content,
        digest=decisions._digest(third),
    )
    assert verified(chain)["first_broken"] == 4


def test_what_is_logged_is_enough_to_decide_again(chain):
    entry = chain.get("/decisions").json()["items"][2]
    content = entry["content"]
    assert content["asked"]["lines"][0]["vcpus"] == 8
    assert content["asked"]["purpose"] == "生产环境"
    facts = AllocationFacts.model_validate(content["facts"])
    logged = Decision.model_validate(content["decision"])
    assert logged.facts_digest == digest(facts)
    replayed = decide(
        chain.runtime.plugins,
        ALLOCATION,
        facts,
        pack=pack(logged.rule_pack),
        at=logged.evaluated_at,
    )
    assert replayed == logged


def test_what_was_asked_again_is_logged_as_it_was_asked(chain):
    items = chain.get("/decisions").json()["items"]
    first = items[0]["content"]["asked"]
    chain.done(f"/allocations/{first['id']}/reconsideration")
    again = chain.get("/decisions").json()["items"][-1]["content"]["asked"]
    assert again == first
    assert set(first) >= {"id", "project_id", "purpose", "network_zone", "lines", "mlps_level"}


def test_a_request_that_fails_leaves_no_link(chain, problem):
    problem(chain.post("/allocations", chain.wish(quantity=0)), 422, "invalid_request")
    other = chain.post("/allocations", chain.wish(), "unit", unit="亭湖区卫健委")
    problem(other, 403, "not_your_unit")
    assert verified(chain)["links"] == 5


def test_a_question_asked_twice_with_one_key_is_one_link(gate):
    key = {"Idempotency-Key": "ask-1"}
    first = gate.post("/allocations", gate.wish(), headers=key)
    again = gate.post("/allocations", gate.wish(), headers=key)
    assert first.content == again.content
    assert again.headers["idempotency-replayed"] == "true"
    assert verified(gate)["links"] == 1


def test_the_log_is_read_in_pages_by_overseers(chain, problem):
    first = chain.get("/decisions?limit=3", "audit").json()
    assert [item["number"] for item in first["items"]] == [1, 2, 3]
    rest = chain.get("/decisions", "ops", params={"cursor": first["next_cursor"]}).json()
    assert [item["number"] for item in rest["items"]] == [4, 5]
    assert rest["items"][0]["previous_digest"] == first["items"][2]["digest"]
    assert json.dumps(rest["items"][0]["content"])
    problem(chain.get("/decisions", "unit"), 403, "role_not_allowed")
