"""Which classes fall due, whatever the order in which three services' events arrive."""

from collections import Counter
from datetime import date, datetime
from itertools import permutations
from uuid import UUID

import pytest
from sqlmodel import select

from govproject.clock import SHANGHAI
from govproject.contracts.intake import (
    ExceptionGranted,
    ExceptionWithdrawn,
    ProjectRegistered,
)
from govproject.ids import new_id
from govproject.messaging.inbox import Outcome
from govproject.persistence.tables import Outbox
from govproject.reliefs import keeping
from govproject.terms import FileClass, ReliefKind

SUPERVISOR = "盐城监理公司"


def due(archive):
    return {event.file_class for event in archive.published("file_class.due")}


def test_a_declaration_makes_nothing_due(archive, events):
    archive.tell(events.declared())
    assert archive.published() == []
    view = archive.get(f"/projects/{archive.project}").json()
    assert (view["project_name"], view["unit"]) == ("智慧教育平台", "亭湖区教育局")
    assert [row["file_class"] for row in view["classes"]] == [*FileClass]
    assert not any(row["due_on"] or row["handed_over"] for row in view["classes"])


@pytest.mark.parametrize(
    ("event", "classes", "on"),
    [
        ("approved", {FileClass.APPROVAL}, date(2026, 2, 3)),
        ("tested", {FileClass.TEST}, date(2026, 7, 1)),
        ("final", {FileClass.IMPLEMENTATION, FileClass.FINAL_ACCEPTANCE}, date(2026, 8, 1)),
    ],
)
def test_a_trigger_opens_its_classes_on_its_own_day(archive, events, event, classes, on):
    archive.tell(events.declared(), getattr(events, event)())
    published = archive.published("file_class.due")
    assert {e.file_class for e in published} == classes
    assert {e.due_at for e in published} == {datetime(on.year, on.month, on.day, tzinfo=SHANGHAI)}
    view = archive.get(f"/projects/{archive.project}").json()
    assert {c["due_on"] for c in view["classes"] if c["file_class"] in classes} == {str(on)}


def test_the_trigger_is_told_in_words(archive, events):
    archive.tell(events.declared(), events.approved())
    (event,) = archive.published("file_class.due")
    assert event.trigger == "2026-02-03取得批复意见（批复文号亭数批〔2026〕12号）"


def test_a_contract_opens_two_classes_each_on_its_own_day(archive, events):
    archive.tell(events.declared(), events.contract())
    found = {e.file_class: e.due_at.date() for e in archive.published("file_class.due")}
    assert found == {
        FileClass.PROCUREMENT: date(2026, 3, 2),
        FileClass.CONTRACT: date(2026, 3, 20),
    }


def test_a_second_contract_opens_its_classes_again(archive, events):
    archive.tell(events.declared(), events.contract())
    assert archive.tell(events.contract()) == {Outcome.DONE: 1}
    opened = Counter(event.file_class for event in archive.published("file_class.due"))
    assert opened == {FileClass.PROCUREMENT: 2, FileClass.CONTRACT: 2}


def test_supervision_files_are_due_only_with_a_supervisor(archive, events):
    archive.tell(events.declared(), events.contract(), events.final())
    assert FileClass.SUPERVISION not in due(archive)


def test_a_supervisor_of_any_contract_counts(archive, events):
    archive.tell(
        events.declared(),
        events.contract(supervisor=SUPERVISOR),
        events.contract(),
        events.final(),
    )
    assert FileClass.SUPERVISION in due(archive)


def test_supervision_files_wait_for_final_acceptance(archive, events):
    archive.tell(events.declared(), events.contract(supervisor=SUPERVISOR), events.tested())
    assert FileClass.SUPERVISION not in due(archive)


def _orders():
    # Order is kept for one producer only: declared before contract, test report before final.
    names = ("declared", "contract", "approved", "tested", "final")
    return [
        order
        for order in permutations(names)
        if order.index("declared") < order.index("contract")
        and order.index("tested") < order.index("final")
    ]


def test_any_order_of_producers_ends_the_same(archive, events):
    orders = _orders()
    for number, order in enumerate(orders, 1):
        project_id = UUID(int=number)
        made = [
            events.contract(project_id, supervisor=SUPERVISOR)
            if name == "contract"
            else getattr(events, name)(project_id)
            for name in order
        ]
        assert archive.tell(*made) == {Outcome.DONE: len(order)}, order
        view = archive.get(f"/projects/{project_id}").json()
        assert view["unit"] == "亭湖区教育局", order
        assert all(row["due_on"] for row in view["classes"]), order
    fallen_due = Counter(
        (event.project_id, event.file_class) for event in archive.published("file_class.due")
    )
    assert len(fallen_due) == len(orders) * len(FileClass)
    assert set(fallen_due.values()) == {1}


def test_what_is_known_of_another_service_only_is_not_shown(archive, events):
    archive.tell(events.approved())
    assert archive.get(f"/projects/{archive.project}").status_code == 404
    assert archive.get("/projects").json()["items"] == []


def test_the_cause_travels_with_the_event(archive, events):

    archive.tell(events.declared(), events.approved())
    with archive.runtime.db.read() as session:
        sent = session.exec(select(Outbox.headers)).all()
    causes = [headers["ce-requestid"] for headers in sent]
    assert causes == ["request-of-the-producer"] * 2  # the class, and the duty to archive it


def test_events_without_meaning_here_are_skipped(archive, events):
    registered = ProjectRegistered(
        project_id=archive.project,
        city_system_ref="320902-2026-0001",
        registered_at=datetime(2026, 8, 3, tzinfo=SHANGHAI),
    )
    assert archive.tell(events.declared(), registered) == {Outcome.DONE: 1, Outcome.SKIPPED: 1}


def test_the_bureaus_exceptions_are_known_to_the_gate(archive, events):
    granted = ExceptionGranted(
        project_id=archive.project,
        exception_id=new_id(),
        rule="a_departments_rule",
        kind=ReliefKind.EXCEPTION,
        reason="历史档案缺失",
        approver="bureau",
        document="亭数〔2026〕7号",
        expires_on=date(2026, 12, 31),
        granted_at=datetime(2026, 8, 3, tzinfo=SHANGHAI),
    )
    archive.tell(events.declared(), granted)

    with archive.runtime.db.read() as session:
        (relief,) = keeping.of(session, archive.project)
    assert (relief.rule, relief.kind) == ("a_departments_rule", ReliefKind.EXCEPTION)
    archive.tell(
        ExceptionWithdrawn(
            project_id=archive.project,
            exception_id=granted.exception_id,
            rule=granted.rule,
            reason="档案已找回。",
            withdrawn_by="bureau",
            withdrawn_at=datetime(2026, 8, 4, tzinfo=SHANGHAI),
        )
    )
    with archive.runtime.db.read() as session:
        assert keeping.of(session, archive.project) == ()
