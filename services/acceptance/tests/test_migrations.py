"""What becomes of rows that older builds wrote."""

import json
from datetime import date
from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest
from alembic.operations import Operations
from sqlalchemy import text
from sqlmodel import col, select

from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject.persistence.tables import Obligation
from govproject.regulation.periods import Period
from govproject.terms import DocumentFinding
from govproject_acceptance import migrations
from govproject_acceptance.app import SERVICE
from govproject_acceptance.handlers import issues
from govproject_acceptance.tables import DocumentVerification, Issue

PROJECT = UUID(int=1)
OLD = (
    "m0001_acceptance_records_and_projection",
    "m0002_implementation_lots_operation_evaluation",
)
NEW = "m0003_obligations_in_the_shared_table"
VERIFICATIONS = "m0028_verifications_of_documents"
DUTIES = {
    1: ("asset_registration", None, False, False, "2026-09-01 01:30:00"),
    2: ("self_evaluation_12_months", "2027-08-03", True, False, None),
    3: ("free_ops_start", "2028-08-03", False, True, None),
}


@pytest.fixture
def db(tmp_path):
    db = Database(f"sqlite:///{tmp_path}/old.db")
    migrate.upgrade(db)
    yield db
    db.dispose()


def steps(db, direction, *names: str):
    with db.write() as session:
        history = migrate._History(SERVICE.package, "alembic_version")
        with Operations.context(history.context(session.connection())):
            for name in names:
                getattr(import_module(f"{SERVICE.package}.migrations.{name}"), direction)()


def insert(session, table, **values: object):
    columns = session.connection().exec_driver_sql(f"PRAGMA table_info({table})").all()
    empty = {
        name: {"BOOLEAN": False, "JSON": "[]", "INTEGER": 0, "BIGINT": 0}.get(kind, "x")
        for _, name, kind, needed, default, _ in columns
        if needed and default is None
    }
    row = empty | values
    places = ", ".join(f":{name}" for name in row)
    session.execute(text(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})"), row)  # noqa: S608  # our own names


def test_duties_keep_their_state_and_get_what_their_day_is_computed_from(db):
    steps(db, "upgrade", *OLD)
    with db.write() as session:
        moment = "2026-08-03 01:30:00"
        insert(session, "project", id=PROJECT.hex, unit="亭湖区教育局", declared_at=moment)
        for number, (rule, due_on, provisional, runs, closed_at) in DUTIES.items():
            insert(
                session,
                "obligation",
                id=UUID(int=number).hex,
                project_id=PROJECT.hex,
                rule=rule,
                due_on=due_on,
                due_provisional=provisional,
                runs_until_due=runs,
                opened_at=moment,
                closed_at=closed_at,
            )
    steps(db, "upgrade", NEW)
    with db.read() as session:
        kept = session.exec(select(Obligation).order_by(col(Obligation.id))).all()
    assert [(each.rule, each.unit) for each in kept] == [
        (rule, "亭湖区教育局") for rule, *_ in DUTIES.values()
    ]
    assert [each.period for each in kept] == [
        None,
        Period.of_months(date(2027, 8, 3), 0),
        Period.of_months(date(2028, 8, 3), 0, rolls=False),
    ]
    assert [each.closed_at is None for each in kept] == [False, True, True]
    steps(db, "downgrade", NEW)
    with db.read() as session:
        assert session.execute(text("SELECT count(*) FROM obligation")).scalar_one() == len(DUTIES)
        assert session.exec(select(Obligation)).all() == []


def test_what_was_found_of_a_document_is_its_first_verification(db):
    names = sorted(each.stem for each in Path(migrations.__path__[0]).glob("m*.py"))
    until = names.index(VERIFICATIONS)
    steps(db, "upgrade", *names[:until])
    paper = {"file_id": str(UUID(int=5)), "name": "核实.docx", "sha256": "0" * 64}
    found = {
        "kind": "untrue_document",
        "finding": "untrue",
        "verified_on": "2026-07-30",
        "settlement": "检测机构否认出具",
        "settlement_paper": json.dumps(paper),
        "settled_by": "李四",
    }
    with db.write() as session:
        moment = "2026-08-03 01:30:00"
        insert(session, "project", id=PROJECT.hex, unit="亭湖区教育局", declared_at=moment)
        common = {"project_id": PROJECT.hex, "happened_on": "2026-07-20", "recorded_at": moment}
        insert(session, "issue", id=UUID(int=2).hex, **common, **found)
        insert(session, "issue", id=UUID(int=3).hex, kind="untrue_document", **common)
        insert(session, "issue", id=UUID(int=4).hex, kind="legal_dispute", **common)
    steps(db, "upgrade", VERIFICATIONS)
    with db.read() as session:
        (kept,) = session.exec(select(DocumentVerification)).all()
        shown = issues.view(session, session.get_one(Issue, kept.issue_id))
    assert (kept.issue_id, kept.verified_on, kept.finding) == (
        UUID(int=2),
        date(2026, 7, 30),
        DocumentFinding.UNTRUE,
    )
    assert [(v.conclusion, v.recorded_by, v.recorded_at) for v in shown.verifications] == [
        ("检测机构否认出具", "李四", None)
    ]
    assert shown.verifications[0].paper.model_dump(mode="json") == paper
    steps(db, "downgrade", VERIFICATIONS)
    with db.read() as session:
        assert session.execute(text("SELECT count(*) FROM issue")).scalar_one() == 3
