from datetime import datetime
from types import ModuleType
from uuid import UUID

import pytest
from sqlmodel import select

from govproject import Finding, block, rule
from govproject.clock import SHANGHAI
from govproject.context import Context
from govproject.contracts.intake import ProjectRegistered
from govproject.facts import FilingFacts
from govproject.files.folder import FolderStore
from govproject.gates import FILING
from govproject.identity import Principal, Role
from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject.persistence.tables import Outbox
from govproject.plugins import load
from govproject.regulation.pack import pack
from govproject.settings import Settings

NOW = datetime(2026, 8, 3, 23, 30, tzinfo=SHANGHAI)


@rule("filing", article="26", quote="…")
def never(facts: FilingFacts, pack: object):
    yield block(f"规则包 {pack.version}。", remedy="无。")


@pytest.fixture
def seen():
    return []


@pytest.fixture
def context(seen, tmp_path):
    rules = ModuleType("rules")
    rules.never = never
    return Context(
        caller=Principal("bureau", Role.BUREAU),
        service="intake",
        follows=("acceptance",),
        clock=lambda: NOW,
        hooks=load((rules,), installed=False),
        pack=pack("tinghu-2025"),
        settings=Settings(
            port=1,
            database_url="sqlite:///x",
            amqp_url="amqp://localhost",
            identity_dir=tmp_path,
            files_dir=tmp_path,
        ),
        files=FolderStore(tmp_path),
        request_id="r-1",
        traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        on_decision=seen.append,
    )


def test_the_day_is_the_legal_day(context):
    assert context.now() == NOW
    assert context.today().isoformat() == "2026-08-03"


def test_a_decision_is_taken_now_under_the_pack_in_force_and_reported(context, seen):
    decision = context.decide(FILING, FilingFacts.example())
    assert (decision.outcome, decision.evaluated_at) == ("refused", NOW)
    assert [finding.message for finding in decision.findings] == ["规则包 tinghu-2025。"]
    assert isinstance(decision.findings[0], Finding)
    assert seen == [decision]


def test_a_project_keeps_the_pack_under_which_it_started(context):
    older = context.pack.model_copy(update={"version": "tinghu-2019"})
    decision = context.decide(FILING, FilingFacts.example(), pack=older)
    assert decision.rule_pack == "tinghu-2019"
    assert decision.findings[0].message == "规则包 tinghu-2019。"


def test_an_event_leaves_with_the_request_that_caused_it(context, tmp_path):
    db = Database(f"sqlite:///{tmp_path}/outbox.db")
    migrate.upgrade(db)
    event = ProjectRegistered(project_id=UUID(int=7), city_system_ref="1", registered_at=NOW)
    with db.write() as session:
        event_id = context.publish(session, event)
    with db.read() as session:
        row = session.exec(select(Outbox)).one()
        assert row.event_id == event_id
        assert row.aggregate_id == str(UUID(int=7))
        assert row.created_at == NOW
        assert row.headers["ce-requestid"] == "r-1"
        assert row.headers["traceparent"] == context.traceparent
    db.dispose()
