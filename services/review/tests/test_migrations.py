"""What becomes of rows that older builds wrote."""

from datetime import date
from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest
from alembic.operations import Operations
from sqlalchemy import text
from sqlmodel import select

from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject.persistence.tables import Obligation
from govproject.regulation.periods import Period
from govproject_review import migrations
from govproject_review.app import SERVICE
from govproject_review.tables import DepartmentOpinion, Expert, PreReview, Project

PROJECT = UUID(int=1)


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


def test_an_approved_project_owes_its_filing_form(db):
    steps(db, "upgrade", "m0001_review_tables", "m0002_documents")
    with db.write() as session:
        session.execute(
            text(
                "INSERT INTO project (id, project_name, unit, kind, budget_yuan, track, rule_pack,"
                " declared_at) VALUES (:id, '智慧校园', '亭湖区教育局', 'new', 1, 'full_process',"
                " 'tinghu-2025', '2026-08-03 01:30:00')"
            ),
            {"id": PROJECT.hex},
        )
        session.execute(
            text(
                "INSERT INTO application (project_id, state, project_code, documents,"
                " submitted_at, decided_at, approved_on, filing_form_due_on,"
                " filing_form_due_provisional) VALUES (:id, 'approved', 'code', '[]',"
                " '2026-12-25 01:30:00', '2026-12-25 01:30:00', '2026-12-25', '2027-01-08', true)"
            ),
            {"id": PROJECT.hex},
        )
    steps(db, "upgrade", "m0003_filing_forms_are_obligations")
    with db.read() as session:
        owed = session.exec(select(Obligation)).one()
    assert (owed.project_id, owed.unit) == (PROJECT, "亭湖区教育局")
    assert (owed.due_on, owed.due_provisional) == (date(2027, 1, 8), True)
    assert owed.period == Period.of_working_days(date(2026, 12, 25), 10)
    steps(db, "downgrade", "m0003_filing_forms_are_obligations")
    steps(db, "downgrade", "m0002_documents", "m0001_review_tables")


def test_what_passed_before_editions_were_kept_is_of_the_present_one(db):
    older = (
        "m0001_review_tables",
        "m0002_documents",
        "m0003_filing_forms_are_obligations",
        "m0004_exceptions",
        "m0005_editions",
        "m0006_filings",
    )
    steps(db, "upgrade", *older)
    with db.write() as session:
        session.execute(
            text(
                "INSERT INTO project (id, project_name, unit, kind, budget_yuan, track, rule_pack,"
                " declared_at, edition) VALUES (:id, '智慧校园', '亭湖区教育局', 'new', 1,"
                " 'full_process', 'tinghu-2025', '2026-08-03 01:30:00', 3)"
            ),
            {"id": PROJECT.hex},
        )
        session.execute(
            text(
                "INSERT INTO pre_review (id, project_id, round, state, materials, files,"
                " statements, findings, submitted_at, points, reasons, verdict_findings) VALUES"
                " (:id, :id, 1, 'passed', '[]', '[]', '{}', '[]', '2026-08-03 01:30:00', '{}',"
                " '[]', '[]')"
            ),
            {"id": PROJECT.hex},
        )
    steps(db, "upgrade", "m0007_editions_of_pre_reviews")
    with db.read() as session:
        assert session.exec(select(PreReview)).one().edition == 3
    steps(db, "downgrade", "m0007_editions_of_pre_reviews")


def test_a_reference_with_another_dash_is_kept_with_a_hyphen_once(db):
    written = ["A\u20131", "Ａ－２", "B-1", "B\u20141", "C\u22121", "C\u20101", None]
    names = sorted(path.stem for path in Path(migrations.__path__[0]).glob("m*.py"))
    at = names.index("m0016_references_with_a_hyphen")
    steps(db, "upgrade", *names[:at])
    with db.write() as session:
        for number, reference in enumerate(written):
            session.execute(
                text(
                    "INSERT INTO project (id, project_name, unit, kind, budget_yuan, track,"
                    " rule_pack, declared_at, city_system_ref) VALUES (:id, '智慧校园',"
                    " '亭湖区教育局', 'new', 1, 'full_process', 'tinghu-2025',"
                    " '2026-08-03 01:30:00', :reference)"
                ),
                {"id": UUID(int=number).hex, "reference": reference},
            )
    steps(db, "upgrade", *names[at:])
    with db.read() as session:
        kept = [session.get_one(Project, UUID(int=n)).city_system_ref for n in range(len(written))]
    # As intake keeps them: of two projects with one number, one has it.
    assert kept == ["A-1", "A-2", "B-1", "B\u20141", "C-1", "C\u20101", None]
    steps(db, "downgrade", *names[: at - 1 : -1])


def test_what_an_older_build_recorded_is_the_first_version(db):
    names = sorted(path.stem for path in Path(migrations.__path__[0]).glob("m*.py"))
    at = names.index("m0013_earlier_versions")
    steps(db, "upgrade", *names[:at])
    with db.write() as session:
        session.execute(
            text(
                "INSERT INTO project (id, project_name, unit, kind, budget_yuan, track, rule_pack,"
                " declared_at) VALUES (:id, '智慧校园', '亭湖区教育局', 'new', 1, 'full_process',"
                " 'tinghu-2025', '2026-08-03 01:30:00')"
            ),
            {"id": PROJECT.hex},
        )
        session.execute(
            text(
                "INSERT INTO department_opinion (project_id, department, verdict, opinion,"
                " recorded_by, recorded_at) VALUES (:id, 'finance', 'pass', '同意', 'finance',"
                " '2026-08-03 01:30:00')"
            ),
            {"id": PROJECT.hex},
        )
        session.execute(
            text(
                "INSERT INTO expert (id, name, employer, account, fields, declared_conflicts,"
                " added_at) VALUES (:id, '张三', '甲大学', 'zhang', '[]', '[]',"
                " '2026-08-03 01:30:00')"
            ),
            {"id": PROJECT.hex},
        )
    steps(db, "upgrade", *names[at:])
    with db.read() as session:
        assert session.exec(select(DepartmentOpinion)).one().revision == 1
        expert = session.exec(select(Expert)).one()
        assert (expert.revision, expert.recorded_by, expert.recorded_at) == (1, None, None)
    steps(db, "downgrade", *names[: at - 1 : -1])
