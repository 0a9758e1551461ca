"""What a batch costs must not grow with what the inbox remembers."""

import re

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError

from govproject.ids import new_id
from govproject.messaging import operations, outbox, retry
from govproject.messaging.topology import SLOTS

WHOLE = re.compile(
    r"SCAN inbox(_cursor)?\b|SEARCH inbox USING (?!INDEX ix_inbox_pending)[^(]*\(consumer=\?\)"
)


@pytest.fixture
def statements():
    """What is sent to databases, with its parameters."""
    seen = []

    def see(_connection, _cursor, statement, parameters, _context, many):
        seen.append((statement, parameters[0] if many else parameters))

    event.listen(Engine, "before_cursor_execute", see)
    yield seen
    event.remove(Engine, "before_cursor_execute", see)


def test_no_batch_reads_the_whole_inbox(sqlite_review, events, statements):
    project = new_id()
    kept = [events.arrival(events.envelope(project, number)) for number in (3, 1, 2)]
    statements.clear()
    assert sqlite_review.process(*kept) == {"deferred": 1, "done": 3}
    found = plans(sqlite_review.db, statements)
    assert any("ix_inbox_pending" in plan for plan in found)
    assert [plan for plan in found if WHOLE.search(plan)] == []


def test_nobody_who_looks_reads_the_whole_inbox(sqlite_review, statements):
    statements.clear()
    with sqlite_review.db.read() as session:
        operations.lag(session, "review", now=sqlite_review.now)
        retry.ready_streams(session, "review")
    found = plans(sqlite_review.db, statements)
    assert any("ix_inbox_pending" in plan for plan in found)
    assert [plan for plan in found if WHOLE.search(plan)] == []


def test_what_is_due_is_found_without_what_was_published(sqlite_review, statements):
    statements.clear()
    with sqlite_review.db.read() as session:
        outbox.due(session, range(SLOTS), 500)
        outbox.heartbeat(session, sqlite_review.now)
    found = [plan for plan in plans(sqlite_review.db, statements) if "outbox" in plan]
    assert found
    unpublished = ("ix_outbox_unpublished", "ix_outbox_waiting")
    assert [plan for plan in found if not any(name in plan for name in unpublished)] == []


def plans(db, statements):
    """How SQLite goes about these statements."""
    found = []
    with db.read() as session:
        for statement, parameters in list(statements):
            try:
                rows = session.connection().exec_driver_sql(
                    f"EXPLAIN QUERY PLAN {statement}", parameters
                )
            except DBAPIError:  # not a statement that has a plan
                continue
            found += [row.detail for row in rows]
    return found
