"""What a service knows of the bureau's acts, on both databases."""

from datetime import date, datetime
from uuid import UUID

import pytest
from sqlmodel import select

from govproject.clock import SHANGHAI
from govproject.contracts.intake import ExceptionGranted, ExceptionWithdrawn
from govproject.ids import new_id
from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject.persistence.tables import RecordedRelief
from govproject.regulation.findings import Relief
from govproject.reliefs import keeping
from govproject.terms import ReliefKind

PROJECT, OTHER = UUID(int=7), UUID(int=8)
NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.peer("postgresql"))])
def db(request, tmp_path):
    url = (
        request.getfixturevalue("postgres_url")
        if request.param == "postgresql"
        else f"sqlite:///{tmp_path}/reliefs.db"
    )
    db = Database(url)
    migrate.upgrade(db)
    yield db
    db.dispose()


def granted(project_id: UUID = PROJECT, **changes: object) -> ExceptionGranted:
    return ExceptionGranted.model_validate(
        {
            "project_id": project_id,
            "exception_id": new_id(),
            "rule": "filing_duplicate",
            "kind": ReliefKind.EXCEPTION,
            "reason": "确需实施。",
            "approver": "bureau",
            "document": "亭数〔2026〕8号",
            "expires_on": date(2026, 12, 31),
            "granted_at": NOW,
            **changes,
        }
    )


def withdrawn(event: ExceptionGranted) -> ExceptionWithdrawn:
    return ExceptionWithdrawn(
        project_id=event.project_id,
        exception_id=event.exception_id,
        rule=event.rule,
        reason="不再需要。",
        withdrawn_by="wang.wu",
        withdrawn_at=NOW,
    )


def known(db, project_id: UUID = PROJECT) -> tuple[Relief, ...]:
    with db.read() as session:
        return keeping.of(session, project_id)


def test_a_projects_own_acts_are_known_in_the_order_of_recording_expired_ones_too(db):
    events = [granted(), granted(OTHER), granted(expires_on=date(2020, 1, 1))]
    for event in events:
        with db.write() as session:
            keeping.keep(session, event)
    assert [relief.expires_on for relief in known(db)] == [date(2026, 12, 31), date(2020, 1, 1)]
    assert known(db)[0] == Relief(
        rule="filing_duplicate",
        kind=ReliefKind.EXCEPTION,
        reason="确需实施。",
        approver="bureau",
        document="亭数〔2026〕8号",
        expires_on=date(2026, 12, 31),
    )
    assert known(db, UUID(int=9)) == ()


def test_a_withdrawn_act_is_forgotten_and_stays_on_record(db):
    event, other = granted(), granted(rule="filing_security", applied_by="li.si")
    with db.write() as session:
        keeping.keep(session, event)
        keeping.keep(session, other)
    with db.write() as session:
        keeping.forget(session, withdrawn(event))
    assert [relief.rule for relief in known(db)] == ["filing_security"]
    with db.read() as session:
        rows = {row.rule: row for row in session.exec(select(RecordedRelief))}
    assert (rows["filing_duplicate"].withdrawn_by, rows["filing_duplicate"].withdrawn_at) == (
        "wang.wu",
        NOW,
    )
    assert rows["filing_security"].withdrawn_at is None
    assert rows["filing_security"].applied_by == "li.si"


def test_the_withdrawal_of_an_act_that_was_passed_over_changes_nothing(db):
    with db.write() as session:
        keeping.forget(session, withdrawn(granted()))
    assert known(db) == ()


def test_an_event_of_an_older_build_names_no_applicant():
    body = granted(applied_by="li.si").model_dump(mode="json", exclude={"applied_by"})
    assert ExceptionGranted.model_validate(body).applied_by is None
